using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Answering;

/// <summary>
/// What the extractor was taught, read from the embedded extractor.json: which unit of the passages answers, whether there is an answer at all, and how much a word
/// has to bring. Fitted by `tests/CopilotBot.Benchmarks -- calibrate`; docs/retrieval.md says on what and how well.
/// </summary>
/// <param name="Units">Its scores compete: the softmax over the units of a question is the probability of each.</param>
/// <param name="Evidence">Log odds of a right answer.</param>
/// <param name="Threshold">Confidence below which nothing is answered.</param>
/// <param name="MinimumGain">Probability that a further word has to bring; see <see cref="UnitSelector"/>.</param>
public sealed record ExtractorModel(LinearModel Units, LinearModel Evidence, double Threshold, double MinimumGain)
{
    private static readonly Lazy<ExtractorModel> Embedded = new(Load);

    /// <summary>The model that ships.</summary>
    public static ExtractorModel Default => Embedded.Value;

    /// <summary>Best first.</summary>
    public IReadOnlyList<RankedUnit> Rank(IReadOnlyList<AnswerUnit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        double[] scores = [.. units.Select(unit => Units.Score(unit.Features))];
        var highest = scores.DefaultIfEmpty(0).Max();
        var total = scores.Sum(score => Math.Exp(score - highest));
        return [.. units.Select((unit, i) => new RankedUnit(unit, Math.Exp(scores[i] - highest) / total)).OrderByDescending(unit => unit.Probability)];
    }

    public double Confidence(IReadOnlyList<float> evidence) => 1 / (1 + Math.Exp(-Evidence.Score(evidence)));

    private static ExtractorModel Load()
    {
        using var stream = typeof(ExtractorModel).Assembly.GetManifestResourceStream("CopilotBot.Answering.extractor.json")
            ?? throw new InvalidOperationException("The embedded resource extractor.json is missing from the build.");
        return JsonSerializer.Deserialize(stream, ExtractorModelJson.Default.ExtractorModel)
            ?? throw new InvalidOperationException("The embedded resource extractor.json is empty.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExtractorModel))]
internal sealed partial class ExtractorModelJson : JsonSerializerContext;
