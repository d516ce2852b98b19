using System.CommandLine;
using CopilotBot.Serving;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>The registered sources.</summary>
internal sealed class SourceListCommand(ISourceRegistry sources)
{
    public static Command Describe(IVerbHost host)
    {
        var command = new Command("list", "List the sources: name, type, and folder or site, separated by tabs.");
        command.SetAction((parsed, cancellationToken) => host.RunAsync<SourceListCommand>(parsed, (verb, context, _) => verb.RunAsync(context), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CommandContext context)
    {
        var all = sources.List();
        foreach (var source in all)
        {
            await context.Out.WriteLineAsync($"{source.Name}\t{source.Type}\t{source.Connection?.Site.OriginalString ?? DemoKnowledge.FolderOf(source)}");
        }

        if (all.Count == 0)
        {
            await context.Error.WriteLineAsync("There is no source yet; add one with: source add files --path <folder> --name <name>");
        }

        return ExitCode.Ok;
    }
}
