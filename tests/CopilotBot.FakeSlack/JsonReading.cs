using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Reads of JSON that may have any shape: what is absent, null or of another kind is null or empty.</summary>
internal static class JsonReading
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement? Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public static JsonElement? Get(this JsonElement? json, string name) => json is { } present ? present.Get(name) : null;

    public static string? Text(this JsonElement json, string name) => json.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static string? Text(this JsonElement? json, string name) => json is { } present ? present.Text(name) : null;

    public static int? Number(this JsonElement json, string name) => json.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static bool? Flag(this JsonElement json, string name) => json.Get(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public static IReadOnlyList<JsonElement> List(this JsonElement json, string name) => json.Get(name) is { } value ? value.Items() : [];

    public static IReadOnlyList<JsonElement> Items(this JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    /// <summary>The JSON as it is counted: without the escapes that a serializer chose.</summary>
    public static string Written(this JsonElement json) => JsonSerializer.Serialize(json, Unescaped);

    public static JsonNode? ToNode(this JsonElement json) => JsonNode.Parse(json.GetRawText());

    public static JsonElement ToElement(this JsonNode json) => JsonElement.Parse(json.ToJsonString());

    /// <summary>Null where the text is no JSON.</summary>
    public static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Shortened(this string text) => text.Length <= 80 ? text : $"{text[..77]}...";
}
