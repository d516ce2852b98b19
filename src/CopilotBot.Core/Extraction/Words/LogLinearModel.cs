using System.Globalization;

namespace CopilotBot.Extraction.Words;

/// <summary>
/// A softmax over sums of weights of named features: what words say by themselves. As a text file: the classes in the first line, then a feature a line with
/// "class:weight" where the weight is not near nought; weights are in steps of 1/<see cref="Steps"/>.
/// </summary>
internal sealed class LogLinearModel
{
    public const int Steps = 16;

    private readonly Dictionary<string, (int Class, float Weight)[]> _weights;

    private LogLinearModel(IReadOnlyList<string> classes, Dictionary<string, (int Class, float Weight)[]> weights)
    {
        Classes = classes;
        _weights = weights;
    }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>Natural logarithms of the probabilities of the classes.</summary>
    public double[] Score(IEnumerable<string> features)
    {
        var scores = new double[Classes.Count];
        foreach (var feature in features)
        {
            if (_weights.TryGetValue(feature, out var weights))
            {
                foreach (var (index, weight) in weights)
                {
                    scores[index] += weight;
                }
            }
        }

        return LogSoftmax(scores);
    }

    public static double[] LogSoftmax(double[] scores)
    {
        var highest = scores.Max();
        var total = highest + Math.Log(scores.Sum(score => Math.Exp(score - highest)));
        return [.. scores.Select(score => score - total)];
    }

    /// <summary>One of the models that ship.</summary>
    /// <param name="name">File in the folder Extraction/Words.</param>
    public static LogLinearModel Ship(string name)
    {
        using var stream = typeof(LogLinearModel).Assembly.GetManifestResourceStream($"CopilotBot.Extraction.Words.{name}")
            ?? throw new InvalidOperationException($"The embedded resource {name} is missing from the build.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    public static LogLinearModel Read(TextReader reader)
    {
        var classes = reader.ReadLine()?.Split('\t') ?? [];
        Dictionary<string, (int Class, float Weight)[]> weights = [];
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('\t');
            weights[parts[0]] = [.. parts.Skip(1).Select(ReadWeight)];
        }

        return new LogLinearModel(classes, weights);
    }

    /// <summary>Writes what <see cref="Read"/> reads; features without a weight left are not written.</summary>
    /// <param name="smallest">In steps: weights nearer to nought are left out.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string> classes, IEnumerable<KeyValuePair<string, float[]>> weights, int smallest)
    {
        writer.Write(string.Join('\t', classes) + "\n");
        foreach (var (feature, row) in weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var kept = row.Select((weight, index) => (index, Steps: (int)MathF.Round(weight * Steps))).Where(pair => Math.Abs(pair.Steps) >= smallest).ToList();
            if (kept.Count > 0)
            {
                writer.Write(feature + string.Concat(kept.Select(pair => string.Create(CultureInfo.InvariantCulture, $"\t{pair.index}:{pair.Steps}"))) + "\n");
            }
        }
    }

    private static (int Class, float Weight) ReadWeight(string pair)
    {
        var at = pair.IndexOf(':', StringComparison.Ordinal);
        return (int.Parse(pair.AsSpan(0, at), CultureInfo.InvariantCulture), int.Parse(pair.AsSpan(at + 1), CultureInfo.InvariantCulture) / (float)Steps);
    }
}
