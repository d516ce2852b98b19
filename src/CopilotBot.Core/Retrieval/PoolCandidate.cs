using CopilotBot.Indexing;
using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>A candidate before it is known to be returned: its row in the view and its scores. Text and vectors stay in the index.</summary>
internal sealed record PoolCandidate(int Row, DocumentId Document)
{
    public int? LexicalRank { get; init; }

    public int? DenseRank { get; init; }

    public float Lexical { get; init; }

    public float Cosine { get; init; }

    public int? FusedRank { get; init; }

    public double Fused { get; init; }

    public int? LateRank { get; init; }

    public float Late { get; init; }

    /// <summary>For each word piece of the question its best cosine in the chunk; empty before late interaction.</summary>
    public IReadOnlyList<float> Similarities { get; init; } = [];

    /// <summary>The document that names or links to this one, when the second hop found it or brought it up.</summary>
    public DocumentId? ReachedFrom { get; init; }

    public double Score { get; init; }

    /// <summary>The candidate with what the index holds of it.</summary>
    public Candidate With(IndexedChunk indexed) => new()
    {
        Indexed = indexed,
        LexicalRank = LexicalRank,
        DenseRank = DenseRank,
        Lexical = Lexical,
        Cosine = Cosine,
        FusedRank = FusedRank,
        Fused = Fused,
        ReachedFrom = ReachedFrom,
        LateRank = LateRank,
        Late = Late,
        Score = Score,
    };
}
