using CopilotBot.Knowledge;

namespace CopilotBot.Sync.Live;

/// <summary>The ledger of a live source at a moment.</summary>
/// <param name="Rate">Items a minute over the last minutes, or null.</param>
public sealed record LiveLedger(
    SourceName Source, LiveState State, IReadOnlyList<ScopeLedger> Scopes, IReadOnlyList<SyncIssue> Skipped, IReadOnlyList<SyncIssue> Failed, int Documents, int Hidden, int Waiting, double? Rate)
{
    public bool IsInSync => State.Errors.Count == 0 && State.SuspendedUntil is null && Scopes.Count > 0 && Scopes.All(scope => scope.IsInSync);

    /// <summary>Until all that waits is read, at the present rate.</summary>
    public TimeSpan? Left => Rate is > 0 && Waiting > 0 ? TimeSpan.FromMinutes(Waiting / Rate.Value) : null;

    internal static LiveLedger Of(LiveSession session, LiveTally tally, DateTimeOffset now)
    {
        var items = session.Table.All;
        var visible = items.Where(item => item.State != ItemState.Hidden).ToList();
        var byScope = items.ToLookup(item => item.Scope);
        return new LiveLedger(
            session.Source.Name,
            session.State,
            [.. session.State.Scopes.Select(scope => ScopeLedger.Of(scope, [.. byScope[scope.Id]]))],
            [.. visible.Where(item => item.State == ItemState.Skipped).Select(item => new SyncIssue(item.Id, item.Reason)), .. visible.Where(item => !item.IsFailing).SelectMany(item => item.Parts ?? []).Select(part => new SyncIssue(part.Part, part.Reason))],
            [.. visible.Where(item => item.IsFailing && item.Reason.Length > 0).Select(item => new SyncIssue(item.Id, item.Reason)), .. visible.Where(item => item.IsFailing).SelectMany(item => item.Parts ?? []).Select(part => new SyncIssue(part.Part, part.Reason))],
            session.Table.CountDocuments(),
            items.Count - visible.Count,
            visible.Count(item => item.Due <= now && !item.IsFailing),
            tally.Rate(now));
    }
}

/// <summary>The ledger of a space, project or repository.</summary>
/// <param name="Expected">Items that it holds: those of the last complete listing, and what came and went since; null before the first.</param>
/// <param name="Indexed">Items that can be found as they were last read.</param>
/// <param name="Skipped">Items that are not indexed by policy.</param>
/// <param name="Failed">Items that could not be read the last time they were tried; an older version of them may still be found.</param>
/// <param name="Waiting">Items that are known to be new or changed and are not read yet.</param>
public sealed record ScopeLedger(string Id, string Key, string Title, int? Expected, int Indexed, int Skipped, int Failed, int Waiting, DateTimeOffset? ProvenAt, string? Problem)
{
    /// <summary>Everything that the source named is accounted for, and nothing waits or fails.</summary>
    public bool IsInSync => Problem is null && Expected == Indexed + Skipped && Failed == 0 && Waiting == 0;

    internal static ScopeLedger Of(ScopeState scope, IReadOnlyList<ItemRecord> items)
    {
        var visible = items.Where(item => item.State != ItemState.Hidden).ToList();
        var settled = visible.Where(item => !item.IsFailing && item.Due is null).ToList();

        // What was found since the listing is expected as well, and so is what it missed but reading found; what it named and is gone since is not.
        var found = visible.Count(item => item.FoundAt > scope.ListedAt || item.ReadAt >= item.MissedAt);
        var gone = items.Count(item => item.State == ItemState.Hidden && item.HiddenAt >= scope.ListedAt && item.MissedAt is null && !(item.FoundAt > scope.ListedAt));
        return new ScopeLedger(
            scope.Id,
            scope.Key,
            scope.Title,
            scope.Listed + found - gone,
            settled.Count(item => item.State == ItemState.Indexed),
            settled.Count(item => item.State == ItemState.Skipped),
            visible.Count(item => item.IsFailing),
            visible.Count(item => !item.IsFailing && item.Due is not null),
            scope.ListedAt,
            scope.Problem);
    }
}
