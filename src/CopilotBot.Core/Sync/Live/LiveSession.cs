using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Sync.Live;

/// <summary>What the loops of one source share.</summary>
internal sealed class LiveSession(ILiveSource source, ItemTable table, IReadOnlySet<DocumentId> suspect, ILiveStateStore states) : IDisposable
{
    private readonly Lock _lock = new();

    private LiveState _state = states.Find(source.Name) ?? new LiveState(source.Name);

    /// <summary>What looks for changes have shown since the oldest moment that the next one asks for.</summary>
    private readonly Dictionary<(DocumentId Item, string? Version, DateTimeOffset Modified), DateTimeOffset> _noticed = [];

    private AccessReading? _access;

    private long _sequence;

    private long _accessSequence;

    public ILiveSource Source { get; } = source;

    public ItemTable Table { get; } = table;

    /// <summary>Documents that a run which was cut off was writing.</summary>
    public IReadOnlySet<DocumentId> Suspect { get; } = suspect;

    /// <summary>Held by whoever writes to index and stores.</summary>
    public SemaphoreSlim Writing { get; } = new(1);

    /// <summary>Documents with this layer alone are tombstones: no directory ever names it, so nobody passes.</summary>
    public LayerId Nobody { get; } = new($"{source.Name}:hidden");

    /// <summary>How many readings of access were taken over; changed by whoever holds <see cref="Writing"/>.</summary>
    public int AccessTaken { get; set; }

    public LiveState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public void Change(Func<LiveState, LiveState> change)
    {
        lock (_lock)
        {
            var next = change(_state);
            if (next != _state)
            {
                states.Save(next);
                _state = next;
            }
        }
    }

    /// <summary>Whether a look for changes shows this for the first time.</summary>
    public bool Notice(ListedItem item)
    {
        lock (_lock)
        {
            return _noticed.TryAdd((item.Id, item.Version, item.Modified), item.Modified);
        }
    }

    /// <summary>Forgets what was noticed of changes before that moment.</summary>
    public void Forget(DateTimeOffset before)
    {
        lock (_lock)
        {
            foreach (var key in _noticed.Where(entry => entry.Value < before).Select(entry => entry.Key).ToList())
            {
                _noticed.Remove(key);
            }
        }
    }

    /// <summary>A moment to compare with that of the newest reading of access.</summary>
    public long Now() => Interlocked.Increment(ref _sequence);

    public void SetAccess(AccessReading reading)
    {
        lock (_lock)
        {
            (_access, _accessSequence) = (reading, Now());
        }
    }

    /// <summary>Nothing of access was read since.</summary>
    public bool IsNewest(long readAt)
    {
        lock (_lock)
        {
            return _accessSequence < readAt;
        }
    }

    /// <summary>Layers of a document of an item that was read at <paramref name="readAt"/>: those of the newest reading of access where that is newer.</summary>
    /// <param name="main">Layers that the item's main document was read with.</param>
    public IReadOnlyList<LayerId> LayersOf(Document document, IReadOnlyList<LayerId> main, long readAt)
    {
        lock (_lock)
        {
            return _access is { } access && _accessSequence > readAt && access.ItemLayers.TryGetValue(ItemTable.ItemOf(document.Id), out var newer)
                ? Merge(newer, main, document.Layers)
                : document.Layers;
        }
    }

    /// <summary>Layers of a part when those of its item change: what it has beyond them stays.</summary>
    public static IReadOnlyList<LayerId> Merge(IReadOnlyList<LayerId> newer, IReadOnlyList<LayerId> main, IReadOnlyList<LayerId> part) => [.. newer, .. part.Except(main).Except(newer)];

    public void Dispose() => Writing.Dispose();
}
