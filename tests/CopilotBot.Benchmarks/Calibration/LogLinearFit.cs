namespace CopilotBot.Benchmarks.Calibration;

/// <summary>Fits a softmax over named features by stochastic gradient steps whose size shrinks per weight (AdaGrad). The same examples give the same weights.</summary>
internal static class LogLinearFit
{
    private const float StepSize = .1f;

    private const float Decay = 1e-5f;

    private const float SmallGradient = 1e-3f;

    /// <param name="minimum">Features of fewer examples are left out.</param>
    public static Dictionary<string, float[]> Fit(IReadOnlyList<(IReadOnlyCollection<string> Features, int Class)> examples, int classes, int minimum, int passes)
    {
        var names = examples.SelectMany(example => example.Features).CountBy(feature => feature).Where(count => count.Value >= minimum).Select((count, index) => (count.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
        var rows = examples.Select(example => (Features: example.Features.Where(names.ContainsKey).Select(feature => names[feature]).ToArray(), example.Class)).ToArray();
        var weights = names.Select(_ => new float[classes]).ToArray();
        var squares = names.Select(_ => Enumerable.Repeat(1e-4f, classes).ToArray()).ToArray();
        var order = Enumerable.Range(0, rows.Length).ToArray();
        var random = new Random(5);
        for (var pass = 0; pass < passes; pass++)
        {
            random.Shuffle(order);
            foreach (var row in order)
            {
                Step(rows[row].Features, rows[row].Class, weights, squares, classes);
            }
        }

        return names.ToDictionary(name => name.Key, name => weights[name.Value]);
    }

    private static void Step(int[] features, int right, float[][] weights, float[][] squares, int classes)
    {
        Span<float> scores = stackalloc float[classes];
        scores.Clear();
        foreach (var feature in features)
        {
            for (var i = 0; i < classes; i++)
            {
                scores[i] += weights[feature][i];
            }
        }

        System.Numerics.Tensors.TensorPrimitives.SoftMax(scores, scores);
        scores[right] -= 1;
        for (var i = 0; i < classes; i++)
        {
            var gradient = scores[i];
            if (MathF.Abs(gradient) < SmallGradient)
            {
                continue;
            }

            foreach (var feature in features)
            {
                squares[feature][i] += gradient * gradient;
                weights[feature][i] -= (StepSize * gradient / MathF.Sqrt(squares[feature][i])) + (Decay * weights[feature][i]);
            }
        }
    }
}
