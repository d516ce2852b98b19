using System.Collections.Concurrent;
using System.Collections.Immutable;
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

/// <summary>What the page tells about indexing: the run that is on, and sources that need a look.</summary>
internal sealed class SyncStatus : IProgress<SyncProgress>
{
    private readonly ConcurrentDictionary<SourceName, SyncProgress> _running = new();
    private ImmutableSortedDictionary<string, string> _problems = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>A run that has something to do, or null.</summary>
    public SyncProgress? Current => _running.Values.OrderBy(progress => progress.Source.Value, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>One sentence by source name.</summary>
    public IReadOnlyDictionary<string, string> Problems => _problems;

    public static string Describe(SyncProgress progress) =>
        $"{progress.Seen}{(progress.Expected is { } expected ? $" of {expected}" : "")} documents, {progress.Chunks} passages";

    public void Report(SyncProgress value) => _running[value.Source] = value;

    public void Finished(SyncReport report)
    {
        _running.TryRemove(report.Source, out _);
        var problem = report.Error
            ?? (report.Failed.Count > 0 ? $"{report.Failed.Count} documents could not be read; run CopilotBot sync to see which and why." : null);
        ImmutableInterlocked.Update(
            ref _problems,
            problems => problem is null ? problems.Remove(report.Source.Value) : problems.SetItem(report.Source.Value, problem));
    }
}
