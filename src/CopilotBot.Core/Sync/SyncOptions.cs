using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Sync;

public sealed class SyncOptions
{
    /// <summary>Seconds between two looks at a source.</summary>
    [Range(1, 86_400)]
    public int IntervalSeconds { get; set; } = 30;

    /// <summary>A complete listing with a smaller share of the documents of the last one deletes nothing unless it is forced with --full.</summary>
    [Range(0, 1)]
    public double MinimumShare { get; set; } = 0.8;

    /// <summary>Chunks that are embedded before they are committed.</summary>
    [Range(1, 100_000)]
    public int ChunksPerCommit { get; set; } = 256;

    /// <summary>Minutes after which documents that could not be read are tried again although nothing shows a change.</summary>
    [Range(1, 10_080)]
    public int RetryFailedMinutes { get; set; } = 10;
}
