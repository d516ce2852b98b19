using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Extraction.Prompted;

/// <summary>What a language model is told and how it has to answer; the same goes into files that models are tuned on.</summary>
public static class ReadingSchema
{
    private static readonly Lazy<string> Embedded = new(ReadPrompt);

    public static string Prompt => Embedded.Value;

    /// <summary>A JSON schema that strict response formats take: every property required, no others.</summary>
    public static JsonElement Element { get; } = JsonSerializer.SerializeToElement(Build());

    private static JsonObject Build() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = Strings(["intent", "slots"]),
        ["properties"] = new JsonObject
        {
            ["intent"] = new JsonObject { ["type"] = "string", ["enum"] = Strings(Enum.GetValues<Intent>().Select(IntentNames.NameOf)) },
            ["slots"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["required"] = Strings(["slot", "value"]),
                    ["properties"] = new JsonObject
                    {
                        ["slot"] = new JsonObject { ["type"] = "string", ["enum"] = Strings(Slots.All) },
                        ["value"] = new JsonObject { ["type"] = "string" },
                    },
                },
            },
        },
    };

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static string ReadPrompt()
    {
        using var stream = typeof(ReadingSchema).Assembly.GetManifestResourceStream("CopilotBot.Extraction.Prompted.read-message.txt")
            ?? throw new InvalidOperationException("The embedded resource read-message.txt is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }
}
