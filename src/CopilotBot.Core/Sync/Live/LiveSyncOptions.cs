using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Sync.Live;

/// <summary>How live sources are followed. Bound to "Sync:Live".</summary>
public sealed class LiveSyncOptions
{
    /// <summary>Seconds between two looks for changes.</summary>
    [Range(1, 86_400)]
    public int ChangesSeconds { get; set; } = 30;

    /// <summary>How far before the last known change each look begins, because a source's index lags and its clock may differ.</summary>
    [Range(0, 1_440)]
    public int OverlapMinutes { get; set; } = 10;

    /// <summary>Minutes between two complete readings of who may read what.</summary>
    [Range(1, 1_440)]
    public int AccessMinutes { get; set; } = 5;

    /// <summary>Hours after which what was last read of access counts for nothing: nobody finds anything of the source.</summary>
    [Range(1, 720)]
    public int AccessMaximumHours { get; set; } = 24;

    /// <summary>Minutes between two listings of everything; longer when a listing takes more than a tenth of it.</summary>
    [Range(1, 10_080)]
    public int ReconcileMinutes { get; set; } = 60;

    /// <summary>Days after which everything is read again.</summary>
    [Range(1, 365)]
    public int FullDays { get; set; } = 7;

    /// <summary>A listing of a scope with a smaller share of the items of the one before deletes nothing.</summary>
    [Range(0, 1)]
    public double MinimumShare { get; set; } = 0.8;

    /// <summary>Hours until what a source says was deleted is purged; until then it is only hidden.</summary>
    [Range(0, 8_760)]
    public int PurgeDeletedHours { get; set; } = 24;

    /// <summary>Hours until what could not be found any more is purged; until then it is only hidden.</summary>
    [Range(0, 8_760)]
    public int PurgeMissingHours { get; set; } = 168;

    /// <summary>Chunks that are embedded before they are committed.</summary>
    [Range(1, 100_000)]
    public int ChunksPerCommit { get; set; } = 256;
}
