using System.CommandLine;

namespace CopilotBot.Commands;

/// <summary>The verbs about reading messages.</summary>
internal static class ExtractCommands
{
    public static Command Describe(IVerbHost host) => new("extract", "Look at, measure and export how messages are read: what they want and what they name.")
    {
        ExtractReadCommand.Describe(host),
        ExtractEvalCommand.Describe(host),
        ExtractExportCommand.Describe(host),
    };
}
