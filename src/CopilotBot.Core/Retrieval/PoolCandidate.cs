using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>A candidate before it is known to be returned: its row in the view. Text and vectors stay in the index.</summary>
internal sealed record PoolCandidate(int Row, DocumentId Document) : CandidateScores
{
    /// <summary>For each word piece of the question its best cosine in the chunk; empty before late interaction.</summary>
    public IReadOnlyList<float> Similarities { get; init; } = [];
}
