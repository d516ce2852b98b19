using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>What one run knew at its start, what it has seen, and what it has pending.</summary>
/// <param name="suspect">Documents that a run which was cut off was writing: what is stored of them proves nothing.</param>
internal sealed class SyncRun(
    SourceName source, bool full, IReadOnlySet<DocumentId> indexed, IReadOnlyList<DocumentHeader> stored, IReadOnlyList<DocumentId> suspect, DateTimeOffset started)
{
    private readonly HashSet<DocumentId> _suspect = [.. suspect];

    private readonly HashSet<DocumentId> _seen = [];

    public SourceName Source { get; } = source;

    public bool Full { get; } = full;

    public DateTimeOffset Started { get; } = started;

    public IReadOnlyDictionary<DocumentId, DocumentHeader> Stored { get; } = stored.ToDictionary(header => header.Id);

    /// <summary>Index and state name the same documents, and no run was cut off while it wrote.</summary>
    public bool IsConsistent => _suspect.Count == 0 && indexed.SetEquals(Stored.Keys);

    public int? Expected { get; set; }

    public bool IsUnchanged { get; set; }

    /// <summary>Documents that exist in the source, failed ones included.</summary>
    public HashSet<DocumentId> Present { get; } = [];

    public List<SyncIssue> Skipped { get; } = [];

    public List<SyncIssue> Failed { get; } = [];

    public int Added { get; private set; }

    public int Updated { get; private set; }

    public int Unchanged { get; set; }

    public int Deleted { get; set; }

    public int ChunksEmbedded { get; set; }

    /// <summary>Documents whose text is indexed as it is, to be stored with their new header.</summary>
    public List<Document> Kept { get; private set; } = [];

    /// <summary>Those of them whose readers changed.</summary>
    public Dictionary<DocumentId, AccessSetId> AccessChanges { get; private set; } = [];

    /// <summary>Documents to embed and store.</summary>
    public List<(Document Document, IReadOnlyList<Chunk> Chunks)> Chunked { get; private set; } = [];

    public int PendingChunks { get; private set; }

    public SyncProgress Progress => new(Source, Expected, _seen.Count + Skipped.Count, ChunksEmbedded);

    /// <summary>The header that is certainly in index and store, or null: then the document has to be written.</summary>
    public DocumentHeader? FindProven(DocumentId id) => Full || !indexed.Contains(id) || _suspect.Contains(id) ? null : Stored.GetValueOrDefault(id);

    /// <summary>Documents that the index or the state may hold and that the source did not name.</summary>
    public IReadOnlyList<DocumentId> FindAbsent() => [.. Stored.Keys.Union(indexed).Union(_suspect).Where(id => !Present.Contains(id))];

    /// <summary>Counts the document in; a reason when it cannot be taken.</summary>
    public string? See(Document document)
    {
        Present.Add(document.Id);
        if (!_seen.Add(document.Id))
        {
            return "Another document of the source has the same id: give each its own.";
        }

        if (document.Id.Source != Source)
        {
            return "Its id names another source: repair the export.";
        }

        return document.Layers.Count == 0 ? "It names no readers at all: repair the export." : null;
    }

    public void Fail(DocumentId id, string reason)
    {
        Present.Add(id);
        Failed.Add(new SyncIssue(id, reason));
    }

    /// <summary>The source holds nothing of it that can be indexed; what was indexed before goes.</summary>
    public void Skip(DocumentId id, string reason)
    {
        Present.Remove(id);
        Skipped.Add(new SyncIssue(id, reason));
    }

    public void Keep(Document document, bool hasNewReaders)
    {
        Kept.Add(document);
        Updated++;
        if (hasNewReaders)
        {
            AccessChanges[document.Id] = document.AccessSet;
        }
    }

    public void Embed(Document document, IReadOnlyList<Chunk> chunks)
    {
        Chunked.Add((document, chunks));
        PendingChunks += chunks.Count;
        _ = Stored.ContainsKey(document.Id) ? Updated++ : Added++;
    }

    public void ClearKept()
    {
        Kept = [];
        AccessChanges = [];
    }

    public void ClearChunked()
    {
        Chunked = [];
        PendingChunks = 0;
    }
}
