using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>The index over all chunks. Readers never wait for a writer; one writer at a time (calls queue up).</summary>
public interface IKnowledgeIndex : IAsyncDisposable
{
    /// <summary>
    /// Applies a batch: text, vectors and deletions become visible together and are durable when the call returns. A crash before that
    /// leaves the index as it was. Applying the same batch twice leaves the same index as once.
    /// </summary>
    Task ApplyAsync(IndexBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// A consistent view of the last commit that holds only what the allowed sets let through. Everything that comes out of it, term and
    /// token statistics included, is computed as if the rest of the index did not exist. Dispose it soon.
    /// </summary>
    IKnowledgeView OpenView(AllowedSets allowed);

    /// <summary>Documents of the source that the last commit holds: what a sync reconciles the state with.</summary>
    IReadOnlySet<DocumentId> GetDocuments(SourceName source);

    IndexStatistics GetStatistics();
}
