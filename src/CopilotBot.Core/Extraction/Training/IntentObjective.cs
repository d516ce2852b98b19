using System.Numerics.Tensors;

namespace CopilotBot.Extraction.Training;

/// <summary>
/// Cross-entropy of a softmax over pooled states. A message out of scope has the uniform distribution as its target (outlier exposure, Hendrycks et al. 2019), so
/// that no intent becomes likely for it and one threshold tells it from the others.
/// </summary>
/// <param name="labels">Index of an intent; -1 out of scope.</param>
/// <param name="weights">Of each message in the sum.</param>
internal sealed class IntentObjective(int intents, IReadOnlyList<float[]> features, int[] labels, float[] weights)
{
    private readonly int _features = features[0].Length;

    /// <summary>[intents, features] weights, then [intents] bias.</summary>
    public float[] Parameters { get; } = new float[intents * (features[0].Length + 1)];

    public int Regularised => intents * _features;

    public float[] Weights => Parameters[..Regularised];

    public float[] Bias => Parameters[Regularised..];

    /// <summary>[intents], not normalised.</summary>
    public float[] Score(ReadOnlySpan<float> message)
    {
        var scores = new float[intents];
        for (var intent = 0; intent < intents; intent++)
        {
            scores[intent] = Parameters[Regularised + intent] + TensorPrimitives.Dot(message, Parameters.AsSpan(intent * _features, _features));
        }

        return scores;
    }

    /// <summary>For <see cref="Fitting"/>.</summary>
    public double AddGradient(ArraySegment<int> examples, float[] gradient)
    {
        var loss = 0d;
        foreach (var example in examples)
        {
            var scores = Score(features[example]);
            var probabilities = new float[intents];
            TensorPrimitives.SoftMax(scores, probabilities);
            for (var intent = 0; intent < intents; intent++)
            {
                var target = labels[example] < 0 ? 1f / intents : intent == labels[example] ? 1 : 0;
                loss -= target * weights[example] * Math.Log(Math.Max(probabilities[intent], float.Epsilon));
                var derivative = weights[example] * (probabilities[intent] - target);
                var row = gradient.AsSpan(intent * _features, _features);
                TensorPrimitives.MultiplyAdd(features[example], derivative, row, row);
                gradient[Regularised + intent] += derivative;
            }
        }

        return loss;
    }
}
