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

    public void Finished(SyncReport report) => Finished(
        report.Source,
        report.Error ?? (report.Failed.Count > 0 ? $"{report.Failed.Count} documents could not be read; run CopilotBot sync --full to see which and why." : null));

    /// <param name="problem">One sentence, or null when all is well.</param>
    public void Finished(SourceName source, string? problem)
    {
        _running.TryRemove(source, out _);
        ImmutableInterlocked.Update(ref _problems, problems => problem is null ? problems.Remove(source.Value) : problems.SetItem(source.Value, problem));
    }
}
