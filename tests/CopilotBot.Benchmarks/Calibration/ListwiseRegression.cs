using CopilotBot.Answering;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>
/// Units of a question compete in a softmax; what is fitted is the log probability that one of the right units comes out, for each word that the answer must
/// have. L2 penalty, full-batch gradient descent with momentum on standardised features: deterministic.
/// </summary>
internal static class ListwiseRegression
{
    private const double Rate = .3;

    private const double Momentum = .9;

    public static LinearModel Fit(IReadOnlyList<CalibrationCase> cases, LinearModel scale, double penalty, int iterations)
    {
        var groups = cases.Where(item => item.Targets.Count > 0).Select(item => (Rows: item.Units.Select(unit => Standardise(unit.Features, scale)).ToArray(), item.Targets)).ToList();
        var dimensions = scale.Means.Count;
        var weights = new double[dimensions];
        var velocity = new double[dimensions];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var gradient = new double[dimensions];
            foreach (var (rows, targets) in groups)
            {
                AddGradient(rows, targets, weights, gradient, 1d / groups.Count);
            }

            for (var d = 0; d < dimensions; d++)
            {
                velocity[d] = (Momentum * velocity[d]) - (Rate * (gradient[d] + (penalty * weights[d])));
                weights[d] += velocity[d];
            }
        }

        return scale with { Weights = [.. weights.Select(weight => (float)weight)], Bias = 0 };
    }

    /// <summary>Means and deviations of features, without weights yet.</summary>
    public static LinearModel ScaleOf(IReadOnlyList<float[]> rows)
    {
        float[] means = [.. Enumerable.Range(0, rows[0].Length).Select(d => (float)rows.Average(row => (double)row[d]))];
        float[] deviations = [.. Enumerable.Range(0, rows[0].Length).Select(d => (float)Math.Sqrt(rows.Average(row => Math.Pow(row[d] - means[d], 2))))];
        return new LinearModel(means, deviations, [], 0);
    }

    public static double[] Standardise(IReadOnlyList<float> row, LinearModel scale) =>
        [.. Enumerable.Range(0, row.Count).Select(d => LinearModel.Standardise(row[d], scale.Means[d], scale.Deviations[d]))];

    private static void AddGradient(double[][] rows, IReadOnlyList<int[]> targets, double[] weights, double[] gradient, double share)
    {
        var odds = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            odds[i] = Dot(rows[i], weights);
        }

        var highest = odds.Max();
        double total = 0;
        for (var i = 0; i < odds.Length; i++)
        {
            odds[i] = Math.Exp(odds[i] - highest);
            total += odds[i];
        }

        var slopes = odds.Select(value => share * value / total).ToArray();
        foreach (var target in targets)
        {
            var right = target.Sum(i => odds[i]);
            foreach (var i in target.Where(_ => right > 1e-300))
            {
                slopes[i] -= share * odds[i] / right / targets.Count;
            }
        }

        for (var i = 0; i < rows.Length; i++)
        {
            for (var d = 0; d < gradient.Length; d++)
            {
                gradient[d] += slopes[i] * rows[i][d];
            }
        }
    }

    private static double Dot(double[] row, double[] weights)
    {
        double sum = 0;
        for (var d = 0; d < weights.Length; d++)
        {
            sum += row[d] * weights[d];
        }

        return sum;
    }
}
