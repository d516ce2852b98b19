using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>Result of one run over one source.</summary>
/// <param name="Completed">The listing ended properly, so that absences could be concluded.</param>
/// <param name="Error">One sentence when the source could not be read as a whole, else null.</param>
public sealed record SyncReport(
    SourceName Source, bool Completed, int Added, int Updated, int Unchanged, int Deleted,
    IReadOnlyList<SyncIssue> Skipped, IReadOnlyList<SyncIssue> Failed, int ChunksEmbedded, TimeSpan Duration, string? Error);
