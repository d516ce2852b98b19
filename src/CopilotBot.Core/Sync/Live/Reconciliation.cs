using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync.Live;

/// <summary>
/// Lists every scope to its end and compares: what is new or has another version becomes due, and so does what is absent, since only reading it tells whether it is
/// gone. A listing that failed, or that shrank too much, makes nothing due for being absent (facts/sources.md §7.4).
/// </summary>
public sealed partial class Reconciliation(LiveWriter writer, IOptions<LiveSyncOptions> options, TimeProvider time, ILogger<Reconciliation> logger)
{
    /// <summary>So many fewer items are taken at their word even if they are a large share of a small scope.</summary>
    private const int BelievedAbsences = 5;

    /// <param name="isShrinkingRight">Takes a listing that shrank at its word.</param>
    internal async Task RunAsync(LiveSession session, bool isShrinkingRight, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var check = await session.Source.CheckAsync(cancellationToken);
        var scopes = await session.Source.GetScopesAsync(cancellationToken);
        var before = session.State.Scopes.ToDictionary(scope => scope.Id);
        var after = new List<ScopeState>();
        var listed = new HashSet<DocumentId>();
        var absent = new List<DocumentId>();
        foreach (var scope in scopes)
        {
            var (state, missing) = await ListAsync(session, scope, before.GetValueOrDefault(scope.Id), listed, isShrinkingRight, cancellationToken);
            after.Add(state);
            absent.AddRange(missing);
        }

        if (scopes.Count > 0)
        {
            absent.AddRange(OutOfScope(session, [.. scopes.Select(scope => scope.Id)]));
        }

        // The credential still is what it was, so that what it did not see is not there.
        await session.Source.CheckAsync(cancellationToken);
        session.Table.Change(absent.Where(id => !listed.Contains(id)), (_, item) => item is null or { State: ItemState.Hidden } || item.ReadAt > started ? null : item with { Due = started, IsUrgent = true, MissedAt = started });
        var isComplete = after.TrueForAll(scope => scope.Problem is null);
        session.Change(state => state with
        {
            Scopes = after,
            Warnings = check.Warnings,
            Watermark = state.Watermark ?? started,
            ReconciledAt = isComplete ? started : state.ReconciledAt,
        });
        await PurgeAsync(session, started, cancellationToken);
    }

    /// <summary>Makes all items due that were read before.</summary>
    internal void BeginFull(LiveSession session)
    {
        var now = time.GetUtcNow();
        session.Change(state => state with { FullSince = now });
        session.Table.Change(session.Table.All.Where(item => item.State != ItemState.Hidden).Select(item => item.Id), (_, item) => item is null ? null : item with { Due = item.Due ?? now });
    }

    private async Task<(ScopeState State, IReadOnlyList<DocumentId> Missing)> ListAsync(
        LiveSession session, SourceScope scope, ScopeState? before, HashSet<DocumentId> listed, bool isShrinkingRight, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var unlisted = new ScopeState(scope.Id, scope.Key, scope.Title, before?.Listed, before?.ListedAt, scope.Problem);
        if (scope.Problem is not null)
        {
            return (unlisted, []);
        }

        var items = new Dictionary<DocumentId, ListedItem>();
        try
        {
            await foreach (var item in session.Source.ListAsync(scope, cancellationToken))
            {
                items[item.Id] = item;
            }
        }
        catch (SourceException exception)
        {
            // The border of a scope: the others go on, and nothing is concluded from what this one did not name.
            Log.NotListed(logger, session.Source.Name.Value, scope.Key, exception.Message);
            return (unlisted with { Problem = exception.Message }, []);
        }

        listed.UnionWith(items.Keys);
        session.Table.Change(items.Keys, (id, known) => Compare(items[id], known, started, session.State.FullSince));
        var missing = session.Table.All.Where(item => item.Scope == scope.Id && item.State != ItemState.Hidden && !items.ContainsKey(item.Id)).Select(item => item.Id).ToList();
        var last = Math.Max(before?.Listed ?? 0, missing.Count + items.Count);
        if (!isShrinkingRight && missing.Count > BelievedAbsences && items.Count < last * options.Value.MinimumShare)
        {
            Log.Shrank(logger, session.Source.Name.Value, scope.Key, last, items.Count);
            return (unlisted with { Problem = $"The listing of {scope.Key} shrank from {last} to {items.Count}, so nothing was deleted: run 'sync --source {session.Source.Name} --full' if that is right." }, []);
        }

        return (unlisted with { Listed = items.Count, ListedAt = started }, missing);
    }

    private static ItemRecord? Compare(ListedItem item, ItemRecord? known, DateTimeOffset now, DateTimeOffset? fullSince) =>
        known is null ? new ItemRecord(item.Id, item.Scope, ItemState.Waiting, Due: now, FoundAt: now)
        : known.State == ItemState.Hidden ? known with { Scope = item.Scope, Due = now, IsUrgent = true, MissedAt = null }
        : known.Version != item.Version || known.Scope != item.Scope || known.ReadAt < fullSince ? known with { Scope = item.Scope, Due = known.Due ?? now, MissedAt = null }
        : known.MissedAt is not null ? known with { MissedAt = null }
        : null;

    /// <summary>Items of scopes that the settings do not ask for any more.</summary>
    private static IEnumerable<DocumentId> OutOfScope(LiveSession session, HashSet<string> scopes) =>
        session.Table.All.Where(item => item.State != ItemState.Hidden && !scopes.Contains(item.Scope)).Select(item => item.Id);

    private async Task PurgeAsync(LiveSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = session.Table.All.Where(item => item.State == ItemState.Hidden && item.PurgeAt <= now).Select(item => item.Id).ToList();
        if (old.Count == 0)
        {
            return;
        }

        await session.Writing.WaitAsync(cancellationToken);
        try
        {
            await writer.PurgeAsync(session.Table, old, cancellationToken);
            session.Table.Remove(old);
        }
        finally
        {
            session.Writing.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Source {Source}: {Scope} could not be listed: {Reason}")]
        public static partial void NotListed(ILogger logger, string source, string scope, string reason);

        [LoggerMessage(LogLevel.Warning, "Source {Source}: the listing of {Scope} shrank from {Before} to {Now}, so nothing was deleted.")]
        public static partial void Shrank(ILogger logger, string source, string scope, int before, int now);
    }
}
