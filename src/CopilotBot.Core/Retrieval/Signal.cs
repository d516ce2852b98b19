namespace CopilotBot.Retrieval;

/// <summary>
/// One of the scores that are summed, made comparable with the others: weight (x - mean) / standard deviation over the pool (facts: summed z-scores beat reciprocal rank
/// fusion on every set measured).
/// </summary>
internal readonly record struct Signal(double Mean, double Deviation, double Weight)
{
    /// <summary>Scores that differ by less do not differ.</summary>
    public const double Negligible = 1e-9;

    /// <summary>Mean and population standard deviation of the scores; zeros for none.</summary>
    public static Signal Over(IReadOnlyCollection<float> scores, double weight)
    {
        var mean = scores.Count == 0 ? 0 : scores.Average(score => (double)score);
        return new Signal(mean, scores.Count == 0 ? 0 : Math.Sqrt(scores.Average(score => (score - mean) * (score - mean))), weight);
    }

    /// <summary>Weighted z-score of a score, also of one that is not in the pool; 0 when the scores of the pool do not differ.</summary>
    public double Of(float score) => Deviation < Negligible ? 0 : Weight * (score - Mean) / Deviation;
}
