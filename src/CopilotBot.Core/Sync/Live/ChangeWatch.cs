using CopilotBot.Sources;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync.Live;

/// <summary>
/// Looks for what changed since the watermark and makes it due. Each look begins some minutes before the watermark, because a source's index lags; what was
/// noticed in that window before is not read again (facts/sources.md §7.2).
/// </summary>
public sealed class ChangeWatch(IOptions<LiveSyncOptions> options, TimeProvider time)
{
    /// <returns>How many items are due because of it.</returns>
    internal async Task<int> RunAsync(LiveSession session, CancellationToken cancellationToken)
    {
        if (session.State.Watermark is not { } watermark)
        {
            return 0; // the first listing sets it
        }

        var started = time.GetUtcNow();
        var since = watermark - TimeSpan.FromMinutes(options.Value.OverlapMinutes);
        var last = watermark;
        var changed = new List<ListedItem>();
        await foreach (var item in session.Source.GetChangedAsync(since, cancellationToken))
        {
            last = item.Modified > last ? item.Modified : last;
            if (session.Notice(item))
            {
                changed.Add(item);
            }
        }

        // Newest last: that one is remembered.
        var latest = changed.OrderBy(item => item.Modified).GroupBy(item => item.Id).ToDictionary(same => same.Key, same => same.Last());
        var due = session.Table.Change(latest.Keys, (id, known) => Due(latest[id], known, started));

        // By whichever clock is behind: the other one may be wrong by hours.
        var next = last < started ? last : started;
        session.Forget(next - TimeSpan.FromMinutes(options.Value.OverlapMinutes));
        session.Change(state => state with { Watermark = next > watermark ? next : watermark, ChangesAt = started });
        return due;
    }

    private static ItemRecord? Due(ListedItem item, ItemRecord? known, DateTimeOffset now) =>
        known is null ? new ItemRecord(item.Id, item.Scope, ItemState.Waiting, Due: now, IsUrgent: true, FoundAt: now, ChangedAt: item.Modified)
        : known.State != ItemState.Hidden && item.Version is not null && item.Version == known.Version && !known.IsFailing ? null
        : known with { Due = now, IsUrgent = true, ChangedAt = item.Modified };
}
