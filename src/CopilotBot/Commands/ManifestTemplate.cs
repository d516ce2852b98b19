using System.Text.Json.Nodes;

namespace CopilotBot.Commands;

/// <summary>The manifests inside the executable: JSON whose strings may hold {{words}} to fill in.</summary>
internal static class ManifestTemplate
{
    /// <param name="platform">"Slack" or "Teams".</param>
    public static byte[] Read(string platform, string file)
    {
        using var stream = typeof(ManifestTemplate).Assembly.GetManifestResourceStream($"CopilotBot.Manifests.{platform}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded: see EmbeddedResource in CopilotBot.csproj.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static JsonObject Fill(byte[] template, IReadOnlyDictionary<string, string> values) => Filled(JsonNode.Parse(template), values)!.AsObject(); // a template of ours

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Fills in strings of the parsed document: no value can break its JSON, and none is filled in twice.</summary>
    private static JsonNode? Filled(JsonNode? node, IReadOnlyDictionary<string, string> values) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Filled(field.Value, values)))),
        JsonArray items => new JsonArray([.. items.Select(item => Filled(item, values))]),
        _ when Text(node) is { } template => string.Concat(template.Split("{{").Select((part, index) => index == 0 ? part : values[part.Split("}}")[0]] + part.Split("}}")[1])),
        _ => node?.DeepClone(),
    };
}
