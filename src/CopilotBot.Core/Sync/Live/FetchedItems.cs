using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Sync.Live;

/// <summary>Items that were taken to be read, and what was read of them.</summary>
internal sealed class FetchedItems
{
    private readonly Dictionary<DocumentId, (long Sequence, DateTimeOffset Started)> _times = [];

    public List<ItemRecord> Taken { get; } = [];

    public List<ItemReading> Readings { get; } = [];

    public List<ItemWrite> Writes { get; } = [];

    public int Chunks => Writes.Sum(write => write.Chunks);

    public void Add(ItemReading reading, long sequence, DateTimeOffset started)
    {
        if (_times.TryAdd(reading.Item, (sequence, started)))
        {
            Readings.Add(reading);
        }
    }

    public long ReadAt(DocumentId item) => _times[item].Sequence;

    public DateTimeOffset? Started(DocumentId item) => _times.TryGetValue(item, out var at) ? at.Started : null;
}
