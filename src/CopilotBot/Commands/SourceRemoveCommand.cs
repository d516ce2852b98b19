using System.CommandLine;
using CopilotBot.Serving;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Forgets a source and everything that was indexed from it.</summary>
internal sealed class SourceRemoveCommand(SourceSync sync, ISourceRegistry sources)
{
    public static Command Describe(IVerbHost host)
    {
        var name = new Argument<string>("name") { Description = "Name of the source." };
        var command = new Command("remove", "Remove a source and all that was indexed from it. The demo comes back on the next use when no other source is left.") { name };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<SourceRemoveCommand>(
            parsed, (verb, context, stop) => verb.RunAsync(parsed.GetRequiredValue(name), context, stop), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string name, CommandContext context, CancellationToken cancellationToken)
    {
        var registered = sources.List();
        if (registered.FirstOrDefault(source => source.Name.Value == name) is not { } found)
        {
            return await context.FailAsync(SourceSync.UnknownSource(name, registered));
        }

        await sync.RemoveAsync(found.Name, cancellationToken);
        await context.Out.WriteLineAsync($"{found.Name} is removed.");
        return ExitCode.Ok;
    }
}
