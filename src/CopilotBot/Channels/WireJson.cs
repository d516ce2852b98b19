using System.Text.Json;

namespace CopilotBot.Channels;

/// <summary>Reads JSON that others wrote: whatever is missing or of another kind is not there.</summary>
internal static class WireJson
{
    public static string? Text(JsonElement json, string property) => Property(json, property) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The text, where it is not empty.</summary>
    public static string? Words(JsonElement json, string property) => Text(json, property) is { Length: > 0 } text ? text : null;

    public static bool IsTrue(JsonElement json, string property) => Property(json, property).ValueKind == JsonValueKind.True;

    /// <summary>The property, or an undefined element.</summary>
    public static JsonElement Property(JsonElement json, string property) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(property, out var value) ? value : default;

    public static IEnumerable<JsonElement> Items(JsonElement json, string property) => Property(json, property) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];
}
