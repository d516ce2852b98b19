using CopilotBot.Sources;

namespace CopilotBot.Sync.Live;

/// <summary>What was done since it was made. Any thread may read it.</summary>
internal sealed class LiveTally
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();

    private readonly Queue<(DateTimeOffset At, int Items)> _recent = new();

    public int Added { get; private set; }

    public int Updated { get; private set; }

    public int Unchanged { get; private set; }

    public int Deleted { get; private set; }

    public int Skipped { get; private set; }

    public int Chunks { get; private set; }

    public int Items { get; private set; }

    public void Count(FetchedItems batch, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var write in batch.Writes)
            {
                var isNew = batch.Taken.Exists(item => item.Id == write.Reading.Item && item.ReadAt is null);
                var changes = write.Split.Count + write.Kept.Count;
                (Added, Updated, Unchanged) = isNew ? (Added + changes, Updated, Unchanged + write.Unchanged.Count) : (Added, Updated + changes, Unchanged + write.Unchanged.Count);
                Deleted += write.Removed.Count;
                Chunks += write.Chunks;
            }

            Deleted += batch.Readings.OfType<ItemReading.Gone>().Count();
            Skipped += batch.Readings.OfType<ItemReading.Skipped>().Count();
            Items += batch.Taken.Count;
            _recent.Enqueue((now, batch.Taken.Count));
        }
    }

    /// <summary>Items a minute over the last minutes, or null when nothing was read in them.</summary>
    public double? Rate(DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_recent.TryPeek(out var oldest) && oldest.At < now - RateWindow)
            {
                _recent.Dequeue();
            }

            return _recent.Count < 2 ? null : _recent.Sum(entry => entry.Items) / Math.Max(1.0 / 60, (now - _recent.Peek().At).TotalMinutes);
        }
    }
}
