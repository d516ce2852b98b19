using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>How intents and tags come out of a run of a tagger's network.</summary>
/// <param name="outputs">Outputs of the network that are read, in this order.</param>
internal abstract class TaggerOutputs(IReadOnlyList<string> intents, IReadOnlyList<string> tags, string[] outputs)
{
    public IReadOnlyList<string> Intents { get; } = intents;

    public IReadOnlyList<string> Tags { get; } = tags;

    public string[] Outputs { get; } = outputs;

    public virtual double? OutOfScopeThreshold => null;

    /// <exception cref="ModelException">The outputs have other sizes than the names.</exception>
    public abstract TaggerReading Read(TokenizedText text, IReadOnlyList<OrtValue> results);

    /// <returns>Index of a tag for each word, and its probability.</returns>
    public abstract (int[] Path, double[] Probabilities) Decode(TaggerReading reading);

    /// <summary>Those of the heads beside the network where there are some, else its own.</summary>
    /// <exception cref="ModelException">They cannot be used.</exception>
    public static TaggerOutputs Load(ModelEntry model) => TaggerHeads.Load(model) is { } heads ? new HeadOutputs(heads, model) : new NetworkOutputs(TaggerLabels.Load(model));

    protected static double[] LogSoftmax(ReadOnlySpan<float> scores, double temperature = 1)
    {
        var maximum = float.NegativeInfinity;
        foreach (var score in scores)
        {
            maximum = Math.Max(maximum, score);
        }

        var sum = 0d;
        foreach (var score in scores)
        {
            sum += Math.Exp((score - maximum) / temperature);
        }

        var result = new double[scores.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ((scores[i] - maximum) / temperature) - Math.Log(sum);
        }

        return result;
    }
}
