using System.CommandLine;
using System.Globalization;
using CopilotBot.Serving;
using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Brings the index up to date with its sources.</summary>
internal sealed class SyncCommand(SourceSync sync, ISourceRegistry sources)
{
    private const int MaximumPrinted = 20;

    public static Command Describe(IVerbHost host)
    {
        var full = new Option<bool>("--full") { Description = "Read and index everything anew, and accept that a source has become much smaller." };
        var source = new Option<string?>("--source") { Description = "Only this source.", HelpName = "name" };
        var command = new Command("sync", "Index what is new or changed in the sources. Exits with 1 when a source or a document could not be read; the rest is indexed.") { full, source, SyncStatusCommand.Describe(host) };
        command.SetAction((parsed, cancellationToken) => host.RunAsync<SyncCommand>(
            parsed, (verb, context, stop) => verb.RunAsync(parsed.GetValue(full), parsed.GetValue(source), context, stop), cancellationToken));
        return command;
    }

    /// <summary>Prints what a run did; returns the exit code that it means.</summary>
    public static async Task<int> PrintAsync(IReadOnlyList<SyncReport> reports, CommandContext context)
    {
        await context.Progress.FinishAsync();
        foreach (var report in reports)
        {
            foreach (var issue in report.Failed.Take(MaximumPrinted))
            {
                await context.Error.WriteLineAsync($"{issue.Id}: {issue.Reason}");
            }

            if (report.Failed.Count > MaximumPrinted)
            {
                await context.Error.WriteLineAsync($"... and {report.Failed.Count - MaximumPrinted} more.");
            }

            if (report.Error is not null)
            {
                await context.Error.WriteLineAsync($"{report.Source}: {report.Error}");
            }

            await context.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Source}: {report.Added} added, {report.Updated} updated, {report.Unchanged} unchanged, {report.Deleted} deleted, {report.Skipped.Count} skipped, {report.Failed.Count} failed; {report.ChunksEmbedded} passages in {report.Duration.TotalSeconds:0.0} s"));
        }

        return reports.All(report => report.Error is null && report.Failed.Count == 0) ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<int> RunAsync(bool full, string? only, CommandContext context, CancellationToken cancellationToken)
    {
        sync.RegisterDemoIfNothingElse();
        var registered = sources.List();
        var chosen = only is null ? registered : [.. registered.Where(source => source.Name.Value == only)];
        if (chosen.Count == 0)
        {
            return await context.FailAsync(SourceSync.UnknownSource(only ?? "", registered));
        }

        return await PrintAsync(await sync.RunAsync(chosen, full, context.Progress, cancellationToken), context);
    }
}
