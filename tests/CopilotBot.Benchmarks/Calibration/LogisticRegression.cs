namespace CopilotBot.Benchmarks.Calibration;

/// <summary>Logistic regression with an L2 penalty, by full-batch gradient descent on standardised features; weights come back on the original scale.</summary>
internal static class LogisticRegression
{
    public static (float[] Weights, float Bias) Fit(IReadOnlyList<(float[] Features, bool Label, double Weight)> examples, double penalty, int iterations = 1500)
    {
        var dimensions = examples[0].Features.Length;
        var mean = new double[dimensions];
        var deviation = new double[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            mean[d] = examples.Average(example => (double)example.Features[d]);
            deviation[d] = Math.Sqrt(examples.Average(example => Math.Pow(example.Features[d] - mean[d], 2)));
        }

        double[][] rows = [.. examples.Select(example => Enumerable.Range(0, dimensions).Select(d => deviation[d] < 1e-9 ? 0 : (example.Features[d] - mean[d]) / deviation[d]).ToArray())];
        var weights = new double[dimensions];
        var velocity = new double[dimensions];
        double bias = 0, biasVelocity = 0;
        var total = examples.Sum(example => example.Weight);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var gradient = new double[dimensions];
            double biasGradient = 0;
            for (var i = 0; i < rows.Length; i++)
            {
                var sum = bias;
                for (var d = 0; d < dimensions; d++)
                {
                    sum += weights[d] * rows[i][d];
                }

                var error = examples[i].Weight * ((1 / (1 + Math.Exp(-sum))) - (examples[i].Label ? 1 : 0)) / total;
                biasGradient += error;
                for (var d = 0; d < dimensions; d++)
                {
                    gradient[d] += error * rows[i][d];
                }
            }

            biasVelocity = (.9 * biasVelocity) - (.5 * biasGradient);
            bias += biasVelocity;
            for (var d = 0; d < dimensions; d++)
            {
                velocity[d] = (.9 * velocity[d]) - (.5 * (gradient[d] + (penalty * weights[d])));
                weights[d] += velocity[d];
            }
        }

        float[] scaled = [.. Enumerable.Range(0, dimensions).Select(d => deviation[d] < 1e-9 ? 0 : (float)(weights[d] / deviation[d]))];
        return (scaled, (float)(bias - Enumerable.Range(0, dimensions).Sum(d => deviation[d] < 1e-9 ? 0 : weights[d] * mean[d] / deviation[d])));
    }
}
