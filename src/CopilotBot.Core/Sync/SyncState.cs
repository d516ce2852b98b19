using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>Where one source stands after its last run.</summary>
/// <param name="Cursor">Of the last completed run, or null: the next run reads everything.</param>
/// <param name="CompleteCount">Documents that the last complete listing named.</param>
/// <param name="LastRun">Start of the last run.</param>
/// <param name="LastCompleted">Start of the last run that ended on its proper end.</param>
public sealed record SyncState(
    SourceName Source, string? Cursor, int CompleteCount, DateTimeOffset LastRun, DateTimeOffset? LastCompleted,
    IReadOnlyList<SyncIssue> Skipped, IReadOnlyList<SyncIssue> Failed, string? Error);
