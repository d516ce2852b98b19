using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>What the stages say of a chunk. Ranks are from 1, null where a stage did not find or see it.</summary>
public record CandidateScores
{
    public int? LexicalRank { get; init; }

    public int? DenseRank { get; init; }

    /// <summary>BM25; 0 when no word matches.</summary>
    public float Lexical { get; init; }

    /// <summary>Cosine of question and chunk.</summary>
    public float Cosine { get; init; }

    public int? FusedRank { get; init; }

    /// <summary>Weighted sum of the z-scores before late interaction.</summary>
    public double Fused { get; init; }

    public int? LateRank { get; init; }

    /// <summary>Late interaction, from -1 to 1.</summary>
    public float Late { get; init; }

    /// <summary>The document that names or links to this one, when the second hop found it or brought it up.</summary>
    public DocumentId? ReachedFrom { get; init; }

    /// <summary>What the results are ordered by: the score of the last stage that ran.</summary>
    public double Score { get; init; }
}
