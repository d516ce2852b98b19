namespace CopilotBot.Indexing;

/// <summary>What one asker can see of one commit. Rows are only meaningful inside the view that returned them.</summary>
public interface IKnowledgeView : IDisposable
{
    /// <summary>Chunks in the view.</summary>
    int Count { get; }

    /// <summary>Best chunks by BM25, best first; ties by chunk id. Empty when no word of the query is in the view.</summary>
    Task<IReadOnlyList<ChunkHit>> SearchLexicalAsync(string query, int top, CancellationToken cancellationToken);

    /// <summary>BM25 of the given rows for the same query; 0 where no word matches. Same order as <paramref name="rows"/>.</summary>
    Task<float[]> ScoreLexicalAsync(string query, IReadOnlyList<int> rows, CancellationToken cancellationToken);

    /// <summary>Best chunks by cosine, best first; ties by chunk id.</summary>
    Task<IReadOnlyList<ChunkHit>> SearchDenseAsync(ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken);

    /// <summary>The rows with text and vectors, in the order of <paramref name="rows"/>.</summary>
    Task<IReadOnlyList<IndexedChunk>> GetChunksAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken);

    /// <summary>Inverse document frequency of word pieces over the chunks of the view: log(1 + (N - df + 0.5) / (df + 0.5)).</summary>
    float[] GetTokenWeights(IReadOnlyList<int> tokenIds);
}
