using System.CommandLine;

namespace CopilotBot.Commands;

/// <summary>The verbs about reading messages.</summary>
internal static class ExtractCommands
{
    public static Command Describe(IVerbHost host) => new("extract", "Read requests out of messages, measure how well, and train the model that does.")
    {
        ExtractReadCommand.Describe(host),
        ExtractEvalCommand.Describe(host),
        ExtractExportCommand.Describe(host),
        ExtractLabelCommand.Describe(host),
        ExtractTrainCommand.Describe(host),
        ExtractPromoteCommand.Describe(host),
        ExtractRollbackCommand.Describe(host),
    };
}
