using CopilotBot.Knowledge;
using Lucene.Net.Index;

namespace CopilotBot.Indexing.Embedded;

/// <summary>One commit, open for reading: it does not change, and stays readable as long as somebody holds it.</summary>
internal sealed class IndexSnapshot(DirectoryReader reader, IndexManifest manifest, IReadOnlyList<PassageFile> files, int cachedViews)
{
    private readonly Dictionary<int, PassageFile> _files = files.ToDictionary(file => file.Length.Number);
    private readonly Dictionary<AllowedSets, (Lazy<VisibleChunks> Visible, long LastUse)> _visible = [];
    private NameTable? _names;
    private long _uses;
    private int _holds = 1;

    public DirectoryReader Reader { get; } = reader;

    public IndexManifest Manifest { get; } = manifest;

    public IReadOnlyList<PassageFile> Files { get; } = files;

    public ChunkTable Chunks { get; } = new(reader);

    /// <summary>Made when it is first asked for: while a source is indexed, commits come and go unread.</summary>
    public NameTable Names => LazyInitializer.EnsureInitialized(ref _names, () => new NameTable(Chunks));

    /// <returns>False when the snapshot is already closed.</returns>
    public bool TryHold()
    {
        for (var holds = Volatile.Read(ref _holds); holds > 0; holds = Volatile.Read(ref _holds))
        {
            if (Interlocked.CompareExchange(ref _holds, holds + 1, holds) == holds)
            {
                return true;
            }
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Reader.Dispose();
            foreach (var file in Files)
            {
                file.Release();
            }
        }
    }

    public PassageRecord Read(int chunk)
    {
        var address = Chunks.Address(chunk);
        return _files[address.File].Read(address.Slot);
    }

    public PassageFile File(int number) => _files[number];

    /// <summary>What the sets let through; the last few askers' are kept.</summary>
    public VisibleChunks GetVisible(AllowedSets allowed)
    {
        Lazy<VisibleChunks> visible;
        lock (_visible)
        {
            visible = _visible.TryGetValue(allowed, out var known) ? known.Visible : new Lazy<VisibleChunks>(() => new VisibleChunks(Chunks, allowed));
            _visible[allowed] = (visible, ++_uses);
            if (_visible.Count > cachedViews)
            {
                _visible.Remove(_visible.MinBy(pair => pair.Value.LastUse).Key);
            }
        }

        return visible.Value;
    }
}
