using CopilotBot.Knowledge;

namespace CopilotBot.Sync.Live;

/// <summary>The items of one source with their indexed documents, in memory and written through; and the order in which they are to be read.</summary>
internal sealed class ItemTable
{
    private readonly Lock _lock = new();

    private readonly ILiveStateStore _store;

    private readonly Dictionary<DocumentId, ItemRecord> _items;

    private readonly Dictionary<DocumentId, Dictionary<DocumentId, DocumentHeader>> _documents = [];

    /// <summary>Entries whose item was changed meanwhile are passed over when they come up.</summary>
    private readonly PriorityQueue<DocumentId, (bool IsBacklog, DateTimeOffset Due)> _due = new();

    private readonly HashSet<DocumentId> _taken = [];

    public ItemTable(SourceName source, ILiveStateStore store, IReadOnlyList<DocumentHeader> documents)
    {
        (Source, _store) = (source, store);
        _items = store.GetItems(source).ToDictionary(item => item.Id);
        foreach (var header in documents)
        {
            DocumentsOf(ItemOf(header.Id))[header.Id] = header;
        }

        foreach (var item in _items.Values)
        {
            Enqueue(item);
        }
    }

    public SourceName Source { get; }

    public IReadOnlyList<ItemRecord> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _items.Values];
            }
        }
    }

    /// <summary>The item that a document belongs to: itself or what it is a part of.</summary>
    public static DocumentId ItemOf(DocumentId document) => document.IsPart ? new DocumentId(document.Value[..document.Value.LastIndexOf('#')]) : document;

    public ItemRecord? Find(DocumentId id)
    {
        lock (_lock)
        {
            return _items.GetValueOrDefault(id);
        }
    }

    /// <summary>Headers of the indexed documents of an item, tombstones included.</summary>
    public IReadOnlyList<DocumentHeader> FindDocuments(DocumentId item)
    {
        lock (_lock)
        {
            return _documents.TryGetValue(item, out var documents) ? [.. documents.Values] : [];
        }
    }

    public int CountDocuments()
    {
        lock (_lock)
        {
            return _documents.Sum(item => item.Value.Count);
        }
    }

    /// <summary>Items that are due, those that are being read included.</summary>
    public int CountDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _items.Values.Count(item => item.Due <= now);
        }
    }

    /// <summary>Changes items as they are now, in one step; null leaves one as it is.</summary>
    public int Change(IEnumerable<DocumentId> ids, Func<DocumentId, ItemRecord?, ItemRecord?> change)
    {
        List<ItemRecord> changed;
        lock (_lock)
        {
            changed = [.. ids.Distinct().Select(id => change(id, _items.GetValueOrDefault(id))).OfType<ItemRecord>()];
            foreach (var item in changed)
            {
                _items[item.Id] = item;
                Enqueue(item);
            }
        }

        if (changed.Count > 0)
        {
            _store.SaveItems(changed);
        }

        return changed.Count;
    }

    public void Remove(IReadOnlyList<DocumentId> items)
    {
        _store.RemoveItems(items);
        lock (_lock)
        {
            foreach (var id in items)
            {
                _items.Remove(id);
                _documents.Remove(id);
            }
        }
    }

    /// <summary>Takes items whose time has come, urgent ones first; nobody else gets them until they are saved or released.</summary>
    public IReadOnlyList<ItemRecord> TakeDue(DateTimeOffset now, int maximum)
    {
        var taken = new List<ItemRecord>();
        lock (_lock)
        {
            List<(DocumentId Id, (bool, DateTimeOffset) Priority)> later = [];
            while (taken.Count < maximum && _due.TryDequeue(out var id, out var priority))
            {
                if (!_items.TryGetValue(id, out var item) || item.Due != priority.Due || item.IsUrgent == priority.IsBacklog || _taken.Contains(id))
                {
                    continue;
                }

                if (item.Due > now)
                {
                    later.Add((id, priority));
                    if (priority.IsBacklog)
                    {
                        break;
                    }

                    continue;
                }

                _taken.Add(id);
                taken.Add(item);
            }

            foreach (var (id, priority) in later)
            {
                _due.Enqueue(id, priority);
            }
        }

        return taken;
    }

    /// <summary>Gives back what was taken and not read.</summary>
    public void Release(IEnumerable<DocumentId> items)
    {
        lock (_lock)
        {
            foreach (var id in items)
            {
                if (_taken.Remove(id) && _items.TryGetValue(id, out var item))
                {
                    Enqueue(item);
                }
            }
        }
    }

    public void SaveDocuments(DocumentId item, IReadOnlyList<DocumentHeader> saved, IEnumerable<DocumentId> removed)
    {
        lock (_lock)
        {
            var documents = DocumentsOf(item);
            foreach (var id in removed)
            {
                documents.Remove(id);
            }

            foreach (var header in saved)
            {
                documents[header.Id] = header;
            }
        }
    }

    private Dictionary<DocumentId, DocumentHeader> DocumentsOf(DocumentId item) =>
        _documents.TryGetValue(item, out var documents) ? documents : _documents[item] = [];

    private void Enqueue(ItemRecord item)
    {
        if (item.Due is { } due && !_taken.Contains(item.Id))
        {
            _due.Enqueue(item.Id, (!item.IsUrgent, due));
        }
    }
}
