using CopilotBot.Knowledge;

namespace CopilotBot.Retrieval;

/// <summary>Results with everything that was measured on the way.</summary>
public sealed record RetrievalResult
{
    /// <summary>Best first, near-duplicates and surplus chunks of a document left out.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Pages and tickets in the asker's view: all of them were searched.</summary>
    public int DocumentsSearched { get; init; }

    /// <summary>The question as the encoder sees it.</summary>
    public required TextEncoding Query { get; init; }

    /// <summary>Inverse document frequency of the question's word pieces in the asker's view.</summary>
    public required IReadOnlyList<float> QueryWeights { get; init; }

    /// <summary>Mean and standard deviation of late interaction over the pool.</summary>
    public required (double Mean, double Deviation) LateStatistics { get; init; }

    /// <summary>Milliseconds by stage that ran, in order: a stage that the deadline cut off is missing.</summary>
    public required IReadOnlyDictionary<string, double> StagesMs { get; init; }

    /// <summary>Candidates asked of each of BM25 and dense: the configured depth, or less under load.</summary>
    public int Depth { get; init; }

    /// <summary>Candidates by stage: found by bm25 and dense, ordered by the stages behind them.</summary>
    public IReadOnlyDictionary<string, int> StageCandidates { get; init; } = new Dictionary<string, int>();

    /// <summary>Every stage of the pipeline ran, over as many candidates as are configured.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The deadline left a stage out.</summary>
    public bool WasCutOff { get; init; }
}
