using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>Changes that become visible together.</summary>
public sealed record IndexBatch
{
    public IReadOnlyList<IndexedDocument> Upserts { get; init; } = [];

    public IReadOnlyList<DocumentId> Deletions { get; init; } = [];

    /// <summary>Documents whose readers changed but whose text did not: no vector is touched.</summary>
    public IReadOnlyDictionary<DocumentId, AccessSetId> AccessChanges { get; init; } = new Dictionary<DocumentId, AccessSetId>();
}
