namespace CopilotBot.Answering;

/// <summary>A weighted sum of standardised features. What lies further out than anything seen in fitting counts as much as the outermost.</summary>
public sealed record LinearModel(IReadOnlyList<float> Means, IReadOnlyList<float> Deviations, IReadOnlyList<float> Weights, float Bias)
{
    /// <summary>Deviations beyond which a feature says nothing more.</summary>
    public const double Limit = 4;

    public double Score(IReadOnlyList<float> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (Weights.Count != features.Count)
        {
            throw new InvalidOperationException($"The extractor model has {Weights.Count} weights for {features.Count} features: fit it again with 'calibrate'.");
        }

        double sum = Bias;
        for (var i = 0; i < Weights.Count; i++)
        {
            sum += Weights[i] * Standardise(features[i], Means[i], Deviations[i]);
        }

        return sum;
    }

    /// <summary>0 for a feature that never varied.</summary>
    public static double Standardise(double value, double mean, double deviation) => deviation < 1e-6 ? 0 : Math.Clamp((value - mean) / deviation, -Limit, Limit);
}
