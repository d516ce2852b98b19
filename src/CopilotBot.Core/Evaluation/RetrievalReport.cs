using System.Text.Json.Serialization;

namespace CopilotBot.Evaluation;

/// <summary>Scores of pipelines on one set.</summary>
/// <param name="N">Queries.</param>
/// <param name="Pipelines">By name, in the order in which they were asked for.</param>
public sealed record RetrievalReport(string Set, int N, IReadOnlyDictionary<string, PipelineReport> Pipelines)
{
    /// <summary>Documents that were searched.</summary>
    public int Documents { get; init; }

    public DateOnly? Date { get; init; }

    public ReportSettings? Settings { get; init; }
}

/// <summary>Means over the queries of a set; definitions in <see cref="RankingMetrics"/>.</summary>
/// <param name="Ci">95% bootstrap intervals, low and high, by metric.</param>
/// <param name="PairedP">Two-sided p of the paired randomisation test on nDCG@10 against each pipeline before it.</param>
/// <param name="EveryStage">Share of the queries in which every stage ran at full depth.</param>
/// <param name="StagesMs">Milliseconds by stage.</param>
public sealed record PipelineReport(
    double NdcgAt10, double RecallAt2, double RecallAt5, double RecallAt10, double RecallAt100, double MrrAt10, double MapAt100, double AllRecallAt5, double HitAt1,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Ci, IReadOnlyDictionary<string, double> PairedP, double EveryStage, Latency LatencyMs, IReadOnlyDictionary<string, Latency> StagesMs)
{
    /// <summary>nDCG@10 of each query, in the order of the set.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> NdcgByQuery { get; init; } = [];
}
