using CopilotBot.Knowledge;

namespace CopilotBot.Sync;

/// <summary>What one run has seen and what it has pending.</summary>
internal sealed class SyncRun(SourceName source, bool full, IReadOnlySet<DocumentId> indexed, IReadOnlyList<DocumentHeader> stored, DateTimeOffset started)
{
    public SourceName Source { get; } = source;

    public bool Full { get; } = full;

    public DateTimeOffset Started { get; } = started;

    public IReadOnlySet<DocumentId> Indexed { get; } = indexed;

    public IReadOnlyDictionary<DocumentId, DocumentHeader> Stored { get; } = stored.ToDictionary(header => header.Id);

    /// <summary>Index and state name the same documents.</summary>
    public bool IsConsistent => Indexed.SetEquals(Stored.Keys);

    public int? Expected { get; set; }

    public bool IsUnchanged { get; set; }

    /// <summary>Documents that exist in the source, failed ones included.</summary>
    public HashSet<DocumentId> Present { get; } = [];

    public List<SyncIssue> Skipped { get; } = [];

    public List<SyncIssue> Failed { get; } = [];

    public int Added { get; set; }

    public int Updated { get; set; }

    public int Unchanged { get; set; }

    public int Deleted { get; set; }

    public int ChunksEmbedded { get; set; }

    /// <summary>Documents to store with the next commit.</summary>
    public List<Document> Batch { get; private set; } = [];

    /// <summary>Those of them that have to be embedded.</summary>
    public List<(Document Document, IReadOnlyList<Chunk> Chunks)> Chunked { get; private set; } = [];

    public Dictionary<DocumentId, AccessSetId> AccessChanges { get; private set; } = [];

    public int PendingChunks { get; set; }

    public SyncProgress Progress => new(Source, Expected, Present.Count + Skipped.Count, ChunksEmbedded);

    public void Clear()
    {
        Batch = [];
        Chunked = [];
        AccessChanges = [];
        PendingChunks = 0;
    }
}
