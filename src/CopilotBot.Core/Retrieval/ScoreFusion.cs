namespace CopilotBot.Retrieval;

/// <summary>Scores of different stages made comparable: z(x) = (x - mean) / standard deviation over the pool (facts: summed z-scores beat reciprocal rank fusion on every set measured).</summary>
public static class ScoreFusion
{
    /// <summary>z-scores; all 0 when the scores do not differ.</summary>
    public static double[] ZScores(IReadOnlyList<float> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (mean, deviation) = Statistics(scores);
        return [.. scores.Select(score => deviation < 1e-9 ? 0 : (score - mean) / deviation)];
    }

    /// <summary>Mean and population standard deviation; zeros for no scores.</summary>
    public static (double Mean, double Deviation) Statistics(IReadOnlyList<float> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Count == 0)
        {
            return (0, 0);
        }

        var mean = scores.Average(score => (double)score);
        return (mean, Math.Sqrt(scores.Average(score => (score - mean) * (score - mean))));
    }
}
