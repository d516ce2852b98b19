namespace CopilotBot.Retrieval;

/// <summary>One of the scores that are summed, standardised over a pool and weighted.</summary>
internal readonly record struct Signal(double Mean, double Deviation, double Weight)
{
    /// <summary>Scores that differ by less do not differ.</summary>
    public const double Negligible = 1e-9;

    public static Signal Over(IReadOnlyList<float> scores, double weight)
    {
        var (mean, deviation) = ScoreFusion.Statistics(scores);
        return new Signal(mean, deviation, weight);
    }

    /// <summary>Weighted z-score of a score, also of one that is not in the pool.</summary>
    public double Of(float score) => Deviation < Negligible ? 0 : Weight * (score - Mean) / Deviation;
}
