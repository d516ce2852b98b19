using CopilotBot.Knowledge;

namespace CopilotBot.Indexing;

/// <summary>
/// What one asker can see of one commit. A row is a chunk and only meaningful inside the view; among equal scores the lower row stands first. Searches and scores
/// cost little and copy no text: <see cref="GetChunksAsync"/> is for what is shown or compared. Calls may do their work on the calling thread and may run side by side.
/// </summary>
public interface IKnowledgeView : IDisposable
{
    /// <summary>Chunks in the view.</summary>
    int Count { get; }

    /// <summary>Documents in the view, parts such as restricted comments not counted.</summary>
    int Documents { get; }

    /// <summary>Best chunks by BM25, best first. Empty when no word of the query is in the view.</summary>
    Task<IReadOnlyList<ChunkHit>> SearchLexicalAsync(string query, int top, CancellationToken cancellationToken);

    /// <summary>Best chunks by cosine, best first.</summary>
    Task<IReadOnlyList<ChunkHit>> SearchDenseAsync(ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken);

    /// <summary>The scores of the rows, whichever search found them, equal to those of the searches. Cheap after a lexical search for the same query.</summary>
    Task<RowScores> ScoreAsync(string query, ReadOnlyMemory<float> vector, IReadOnlyList<int> rows, CancellationToken cancellationToken);

    /// <summary>
    /// For each row (in the order of <paramref name="rows"/>) and each word piece of the query its best cosine among the word pieces of the chunk: the parts of
    /// late interaction. -1 where the chunk has none.
    /// </summary>
    Task<IReadOnlyList<float[]>> MatchTokensAsync(TextEncoding query, IReadOnlyList<int> rows, CancellationToken cancellationToken);

    /// <summary>Document of a row that this view returned.</summary>
    DocumentId GetDocument(int row);

    /// <summary>The rows of each document, ascending; none of one that does not exist or is not visible.</summary>
    Task<IReadOnlyList<IReadOnlyList<int>>> GetRowsAsync(IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken);

    /// <summary>
    /// For each row the visible documents that it links to and those that its text names by title or key, its own left out; see <see cref="DocumentName"/>. A
    /// name that more than four documents share, or that is made of words of many chunks, leads nowhere.
    /// </summary>
    Task<IReadOnlyList<IReadOnlyList<DocumentId>>> FindMentionsAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken);

    /// <summary>The rows with text and vectors, in the order of <paramref name="rows"/>.</summary>
    Task<IReadOnlyList<IndexedChunk>> GetChunksAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken);

    /// <summary>Inverse document frequency of word pieces over the chunks of the view: log(1 + (N - df + 0.5) / (df + 0.5)).</summary>
    float[] GetTokenWeights(IReadOnlyList<int> tokenIds);
}
