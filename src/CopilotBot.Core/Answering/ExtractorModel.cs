using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Answering;

/// <summary>
/// Two logistic models, read from the embedded extractor.json: does a unit belong to the answer, and does the passage hold an answer at all. Fitted by
/// `tests/CopilotBot.Benchmarks -- calibrate`; docs/retrieval.md says on what and how well.
/// </summary>
public sealed record ExtractorModel(IReadOnlyList<float> UnitWeights, float UnitBias, IReadOnlyList<float> EvidenceWeights, float EvidenceBias, double Threshold)
{
    private static readonly Lazy<ExtractorModel> Embedded = new(Load);

    /// <summary>The model that ships.</summary>
    public static ExtractorModel Default => Embedded.Value;

    public double UnitProbability(IReadOnlyList<float> features) => Probability(UnitWeights, UnitBias, features);

    public double EvidenceProbability(IReadOnlyList<float> features) => Probability(EvidenceWeights, EvidenceBias, features);

    private static double Probability(IReadOnlyList<float> weights, float bias, IReadOnlyList<float> features)
    {
        if (weights.Count != features.Count)
        {
            throw new InvalidOperationException($"The extractor model has {weights.Count} weights for {features.Count} features: fit it again with 'calibrate'.");
        }

        double sum = bias;
        for (var i = 0; i < weights.Count; i++)
        {
            sum += weights[i] * features[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    private static ExtractorModel Load()
    {
        using var stream = typeof(ExtractorModel).Assembly.GetManifestResourceStream("CopilotBot.Answering.extractor.json")
            ?? throw new InvalidOperationException("The embedded resource extractor.json is missing from the build.");
        return JsonSerializer.Deserialize(stream, ExtractorModelJson.Default.ExtractorModel)
            ?? throw new InvalidOperationException("The embedded resource extractor.json is empty.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExtractorModel))]
internal sealed partial class ExtractorModelJson : JsonSerializerContext;
