using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Inference;

/// <summary>labels.json of a tagger: names of its outputs, in their order.</summary>
internal sealed partial record TaggerLabels(IReadOnlyList<string> Intents, IReadOnlyList<string> Tags)
{
    /// <exception cref="ModelException">The file cannot be read.</exception>
    public static TaggerLabels Load(ModelEntry model)
    {
        var content = model.Read(ModelEntry.Labels);
        try
        {
            if (JsonSerializer.Deserialize(content, Json.Default.TaggerLabels) is { Intents.Count: > 0, Tags.Count: > 0 } labels)
            {
                return labels;
            }
        }
        catch (JsonException exception)
        {
            throw Unreadable(model, exception);
        }

        throw Unreadable(model, null);
    }

    private static ModelException Unreadable(ModelEntry model, Exception? cause) =>
        new($"The labels '{model.PathOf(ModelEntry.Labels)}' are not a JSON object with the lists intents and tags: restore the model folder.", cause);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(TaggerLabels))]
    private sealed partial class Json : JsonSerializerContext;
}
