using System.Text.Json;
using System.Text.Json.Serialization;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Inference;
using CopilotBot.Retrieval;
using Microsoft.Extensions.Options;

namespace CopilotBot.Evaluation;

/// <summary>Says what this process retrieves with, and when, to be stored with a report.</summary>
internal sealed class SettingsInForce(
    IOptions<RetrievalOptions> retrieval, IOptions<EmbeddedIndexOptions> index, OnnxTextEncoder encoder, OptionalCrossEncoder crossEncoder, TimeProvider time)
{
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public ReportSettings Read() => new(
        JsonSerializer.SerializeToElement(retrieval.Value, SettingsJson.Default.RetrievalOptions),
        JsonSerializer.SerializeToElement(index.Value, SettingsJson.Default.EmbeddedIndexOptions),
        encoder.Fingerprint,
        crossEncoder.Model is not null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RetrievalOptions))]
[JsonSerializable(typeof(EmbeddedIndexOptions))]
internal sealed partial class SettingsJson : JsonSerializerContext;
