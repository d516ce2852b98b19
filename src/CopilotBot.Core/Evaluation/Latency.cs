namespace CopilotBot.Evaluation;

/// <summary>Milliseconds, nearest-rank percentiles.</summary>
public sealed record Latency(double P50, double P95)
{
    public static Latency Of(IReadOnlyCollection<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? new Latency(0, 0) : new Latency(At(.5), At(.95));

        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>Each stage over the queries in which it ran.</summary>
    public static IReadOnlyDictionary<string, Latency> ByStage(IReadOnlyCollection<IReadOnlyDictionary<string, double>> queries) =>
        queries.SelectMany(query => query).GroupBy(stage => stage.Key).ToDictionary(stage => stage.Key, stage => Of([.. stage.Select(one => one.Value)]));
}
