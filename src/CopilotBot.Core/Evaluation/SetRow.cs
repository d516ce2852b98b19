using System.Text.Json;

namespace CopilotBot.Evaluation;

/// <summary>One line of a set's file while it is parsed.</summary>
internal readonly record struct SetRow(JsonElement Json)
{
    /// <summary>The first of these properties that the row has. Numbers are taken as they are written.</summary>
    /// <exception cref="FormatException">It has none, or it is neither text nor a number.</exception>
    public string Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (TextOrNull(name) is { } text)
            {
                return text;
            }
        }

        throw new FormatException($"the property {names[0]} is missing");
    }

    public string? TextOrNull(string name) => Json.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A property that is one text or an array of them, or is not there.</summary>
    public IReadOnlyList<string> Texts(string name) => !Json.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(TextOf).OfType<string>()]
        : TextOf(value) is { } one ? [one] : [];

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Null => null,
        _ => throw new FormatException("a property is neither text nor a number"),
    };
}
