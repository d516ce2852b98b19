using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CopilotBot.Sources;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;

namespace CopilotBot.Commands;

/// <summary>The sync ledger.</summary>
internal sealed class SyncStatusCommand(ISourceRegistry sources, ISyncStateStore states, LiveSyncs syncs)
{
    private const int MaximumPrinted = 20;

    public static Command Describe(IVerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print the ledger as JSON." };
        var command = new Command("status", "Print the ledger: by space, project or repository what is expected, indexed, skipped, failed and waiting. Exits with 1 when something is not in sync.") { json };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<SyncStatusCommand>(
            parsed, (verb, context, stop) => verb.RunAsync(parsed.GetValue(json), context, stop), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(bool json, CommandContext context, CancellationToken cancellationToken)
    {
        var ledger = new List<SourceLedgerJson>();
        foreach (var source in sources.List())
        {
            ledger.Add(source.IsLive ? await LiveAsync(source, cancellationToken) : SourceLedgerJson.Of(source, states.Find(source.Name)));
        }

        if (json)
        {
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(ledger, CommandJson.Readable.IReadOnlyListSourceLedgerJson));
        }
        else
        {
            foreach (var source in ledger)
            {
                await PrintAsync(source, context);
            }
        }

        return ledger.TrueForAll(source => source.InSync) ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<SourceLedgerJson> LiveAsync(SourceRegistration source, CancellationToken cancellationToken)
    {
        try
        {
            return SourceLedgerJson.Of(source, (await syncs.GetAsync(source, cancellationToken)).Ledger);
        }
        catch (SourceException exception)
        {
            return new SourceLedgerJson(source.Name.Value, source.Type, false, 0, 0, 0, null, null, null, null, null, [exception.Message], [], [], [], []);
        }
    }

    private static async Task PrintAsync(SourceLedgerJson source, CommandContext context)
    {
        await context.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{source.Name} ({source.Type}): {(source.InSync ? "in sync" : "NOT in sync")}, {source.Documents} documents{(source.Hidden > 0 ? $", {source.Hidden} tombstones" : "")}{Progress(source)}"));
        foreach (var scope in source.Scopes)
        {
            await context.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {scope.Key}: expected {scope.Expected?.ToString(CultureInfo.InvariantCulture) ?? "?"}, indexed {scope.Indexed}, skipped {scope.Skipped}, failed {scope.Failed}, waiting {scope.Waiting}{(scope.ProvenAt is { } at ? $"; listed {at:u}" : "")}{(scope.Problem is null ? "" : $": {scope.Problem}")}"));
        }

        foreach (var line in source.Errors.Concat(source.Warnings))
        {
            await context.Out.WriteLineAsync($"  {line}");
        }

        foreach (var (title, issues) in new[] { ("failed", source.Failed), ("skipped", source.Skipped) })
        {
            foreach (var issue in issues.Take(MaximumPrinted))
            {
                await context.Out.WriteLineAsync($"  {title} {issue.Id}: {issue.Reason}");
            }

            if (issues.Count > MaximumPrinted)
            {
                await context.Out.WriteLineAsync($"  ... and {issues.Count - MaximumPrinted} more {title}; --json has them all.");
            }
        }
    }

    private static string Progress(SourceLedgerJson source) =>
        source.Waiting == 0 ? ""
        : source.ItemsPerMinute is { } rate ? string.Create(CultureInfo.InvariantCulture, $", {source.Waiting} waiting at {rate:0} a minute, about {source.SecondsLeft / 60:0} min left")
        : string.Create(CultureInfo.InvariantCulture, $", {source.Waiting} waiting");
}
