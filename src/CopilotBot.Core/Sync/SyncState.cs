using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>The sync ledger's entry of one source: where it stands after its last run.</summary>
/// <param name="Cursor">Of the last completed run, or null: the next run reads everything.</param>
/// <param name="CompleteCount">Documents that the last complete listing named and that was believed.</param>
/// <param name="Expected">Documents that the last listing announced, or null.</param>
/// <param name="Documents">Documents indexed after the last run.</param>
/// <param name="LastRun">Start of the last run.</param>
/// <param name="LastListed">Start of the last run that read a listing to its proper end.</param>
/// <param name="LastCompleted">Start of the last run that ended on its proper end, also when nothing had changed.</param>
/// <param name="Error">One sentence about what keeps the source from being up to date as a whole, or null.</param>
public sealed record SyncState(
    SourceName Source, string? Cursor, int CompleteCount, int? Expected, int Documents, DateTimeOffset LastRun, DateTimeOffset? LastListed,
    DateTimeOffset? LastCompleted, IReadOnlyList<SyncIssue> Skipped, IReadOnlyList<SyncIssue> Failed, string? Error);
