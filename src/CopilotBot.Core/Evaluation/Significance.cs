namespace CopilotBot.Evaluation;

/// <summary>How far a mean over queries can be trusted. Seeded: the same values give the same figures.</summary>
public static class Significance
{
    private const int Resamples = 2000;

    private const int Seed = 20260101;

    /// <summary>95% bootstrap interval of the mean (percentile method, Efron 1979).</summary>
    public static (double Low, double High) Interval(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return (0, 0);
        }

        var random = new Random(Seed);
        var means = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            double sum = 0;
            for (var i = 0; i < values.Count; i++)
            {
                sum += values[random.Next(values.Count)];
            }

            means[r] = sum / values.Count;
        }

        Array.Sort(means);
        return (means[(int)(.025 * Resamples)], means[(int)(.975 * Resamples) - 1]);
    }

    /// <summary>The interval as a report has it: low, high.</summary>
    internal static IReadOnlyList<double> Ends(IReadOnlyList<double> values)
    {
        var (low, high) = Interval(values);
        return [low, high];
    }

    /// <summary>
    /// Two-sided p of the paired randomisation test: how often random exchange within the pairs makes the means differ at least as much (Smucker, Allan and
    /// Carterette 2007).
    /// </summary>
    public static double PairedP(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        double[] differences = [.. left.Zip(right, (a, b) => a - b)];
        var observed = Math.Abs(differences.Sum());
        var random = new Random(Seed);
        var atLeast = 0;
        for (var r = 0; r < Resamples; r++)
        {
            double sum = 0;
            foreach (var difference in differences)
            {
                sum += random.Next(2) == 0 ? difference : -difference;
            }

            atLeast += Math.Abs(sum) >= observed - 1e-12 ? 1 : 0;
        }

        // The observed assignment is one of them.
        return (atLeast + 1d) / (Resamples + 1d);
    }
}
