using CopilotBot.Answering;

namespace CopilotBot.Benchmarks.Calibration;

/// <summary>Logistic regression with an L2 penalty, by full-batch gradient descent with momentum on standardised features: deterministic.</summary>
internal static class LogisticRegression
{
    private const double Rate = .1;

    private const double Momentum = .9;

    public static LinearModel Fit(IReadOnlyList<(float[] Features, bool Label, double Weight)> examples, LinearModel scale, double penalty, int iterations)
    {
        double[][] rows = [.. examples.Select(example => ListwiseRegression.Standardise(example.Features, scale))];
        var weights = new double[scale.Means.Count];
        var velocity = new double[weights.Length];
        double bias = 0, biasVelocity = 0;
        var total = examples.Sum(example => example.Weight);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var gradient = new double[weights.Length];
            double biasGradient = 0;
            for (var i = 0; i < rows.Length; i++)
            {
                var sum = bias + rows[i].Zip(weights, (value, weight) => value * weight).Sum();
                var error = examples[i].Weight * ((1 / (1 + Math.Exp(-sum))) - (examples[i].Label ? 1 : 0)) / total;
                biasGradient += error;
                for (var d = 0; d < weights.Length; d++)
                {
                    gradient[d] += error * rows[i][d];
                }
            }

            biasVelocity = (Momentum * biasVelocity) - (Rate * biasGradient);
            bias += biasVelocity;
            for (var d = 0; d < weights.Length; d++)
            {
                velocity[d] = (Momentum * velocity[d]) - (Rate * (gradient[d] + (penalty * weights[d])));
                weights[d] += velocity[d];
            }
        }

        return scale with { Weights = [.. weights.Select(weight => (float)weight)], Bias = (float)bias };
    }
}
