using System.CommandLine;
using CopilotBot.Inference;

namespace CopilotBot.Commands;

/// <summary>Goes back to the tagger that was in use before the last promotion.</summary>
internal sealed class ExtractRollbackCommand(PromotedTaggers promoted, TaggerChoice choice)
{
    public static Command Describe(IVerbHost host)
    {
        var command = new Command("rollback", "Use the tagger from before the last promotion again, from the next start on.");
        command.SetAction((parsed, cancellationToken) => host.RunAsync<ExtractRollbackCommand>(parsed, (verb, context, _) => verb.RunAsync(context), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CommandContext context)
    {
        if (!promoted.Rollback())
        {
            return await context.FailAsync("No promoted tagger is in use: there is nothing to go back to.");
        }

        await context.Out.WriteLineAsync(choice.InUse.Folder);
        return ExitCode.Ok;
    }
}
