using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Extraction.Prompted;

/// <summary>
/// Files that hosted models and adapters are tuned on: a JSON object a line with the messages system, user and assistant, the last being the JSON that
/// <see cref="ReadingSchema"/> asks for.
/// </summary>
public static partial class ChatTuningFile
{
    private static readonly TuningJson Writing = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>One line, without its end.</summary>
    /// <exception cref="LabelledSetException">The message is of another set than of tickets.</exception>
    public static string Write(LabelledMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var reading = new Reading(message.Intent, [.. message.Slots.Select(slot => new Slot(slot.Slot, slot.Span.Of(message.Text)))]);
        if (FindProblem(message.Text, reading) is { } problem)
        {
            throw new LabelledSetException($"A message of the set cannot be exported: {problem}.");
        }

        var answer = JsonSerializer.Serialize(reading, Writing.Reading);
        return JsonSerializer.Serialize(new Line([new Said("system", ReadingSchema.Prompt), new Said("user", message.Text), new Said("assistant", answer)]), Writing.Line);
    }

    /// <summary>What is wrong with a line of such a file; null when nothing is.</summary>
    public static string? Check(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Writing.Line) is { Messages: [{ Role: "system", Content.Length: > 0 }, { Role: "user", Content: { Length: > 0 } text }, { Role: "assistant", Content: { } answer }] }
                ? JsonSerializer.Deserialize(answer, Writing.Reading) is { } reading ? FindProblem(text, reading) : "the answer is null"
                : "it has not the messages system, user and assistant";
        }
        catch (JsonException exception)
        {
            return $"it is not the JSON that is expected ({exception.Path})";
        }
    }

    private static string? FindProblem(string text, Reading reading)
    {
        if (!Enum.GetValues<Intent>().Any(intent => IntentNames.NameOf(intent) == reading.Intent))
        {
            return $"the intent '{reading.Intent}' is none of tickets";
        }

        return reading.Slots is null
            ? "it has no slots"
            : reading.Slots.Select(slot => !Slots.All.Contains(slot.Name) ? $"the slot '{slot.Name}' is none of tickets" : string.IsNullOrWhiteSpace(slot.Value) || !text.Contains(slot.Value, StringComparison.Ordinal) ? $"a value of {slot.Name} does not stand in the message" : null)
                .FirstOrDefault(problem => problem is not null);
    }

    internal sealed record Line(IReadOnlyList<Said> Messages);

    internal sealed record Said(string Role, string Content);

    internal sealed record Reading(string Intent, IReadOnlyList<Slot> Slots);

    internal sealed record Slot([property: JsonPropertyName("slot")] string Name, string Value);

    [JsonSerializable(typeof(Line))]
    [JsonSerializable(typeof(Reading))]
    private sealed partial class TuningJson : JsonSerializerContext;
}
