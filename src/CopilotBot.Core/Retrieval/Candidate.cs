using CopilotBot.Indexing;

namespace CopilotBot.Retrieval;

/// <summary>A chunk that is returned, with its scores.</summary>
public sealed record Candidate : CandidateScores
{
    public Candidate()
    {
    }

    internal Candidate(CandidateScores scores)
        : base(scores)
    {
    }

    public required IndexedChunk Indexed { get; init; }

    /// <summary>Logit of the cross-encoder, when it ran.</summary>
    public float? Relevance { get; init; }
}
