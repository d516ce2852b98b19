using System.Text.Json;
using System.Text.Json.Serialization;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using Microsoft.Extensions.AI;

namespace CopilotBot.Extraction.Prompted;

/// <summary>
/// The intents and slots of a message by a language model that answers in JSON. What does not stand in the message is dropped, so it cannot invent a value. Thread-safe.
/// </summary>
public sealed partial class PromptedMessageReader(IChatClient client) : IMessageReader
{
    /// <summary>A model gives no probabilities: its word counts as much as a sure reading of the tagger.</summary>
    private const double Sure = .96;

    private const int LongestAnswer = 800;

    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(ReadingSchema.Element, "message_reading", "Intent and slots of a work message");

    public async Task<TaggedText> ReadAsync(string text, CancellationToken cancellationToken) => (await ReadWithCostAsync(text, cancellationToken)).Text;

    /// <exception cref="ModelException">The model cannot be reached, or answered with something else than the JSON that was asked for.</exception>
    public async Task<PromptedReading> ReadWithCostAsync(string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ChatMessage[] messages = [new(ChatRole.System, ReadingSchema.Prompt), new(ChatRole.User, text)];
        var response = await client.GetResponseAsync(messages, new ChatOptions { Temperature = 0, MaxOutputTokens = LongestAnswer, ResponseFormat = Format }, cancellationToken);
        var answer = Parse(response.Text);
        var spans = Place(text, answer.Slots);
        var rest = (1 - Sure) / (Enum.GetValues<Intent>().Length - 1);
        var intents = Enum.GetValues<Intent>().Select(IntentNames.NameOf).Select(name => (name, name == answer.Intent ? Sure : rest)).OrderByDescending(intent => intent.Item2);
        return new PromptedReading(new TaggedText([.. intents], spans), response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0, answer.Slots.Count - spans.Count);
    }

    private static Reading Parse(string answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer, PromptedJson.Default.Reading) is { Intent: { } intent, Slots: not null } reading && Enum.GetValues<Intent>().Any(known => IntentNames.NameOf(known) == intent))
            {
                return reading;
            }
        }
        catch (JsonException)
        {
            // Said below: the answer may quote the message and goes into no error.
        }

        throw new ModelException("The chat model did not answer in the JSON that was asked for: use a model that supports response formats with a JSON schema, or empty ChatModel:Endpoint.");
    }

    /// <summary>Each value where it first stands as whole words and nothing else is.</summary>
    private static List<TaggedSpan> Place(string text, IReadOnlyList<ReadSlot> slots)
    {
        List<TaggedSpan> spans = [];
        foreach (var slot in slots.Where(slot => Slots.All.Contains(slot.Slot) && slot.Value?.Trim() is { Length: > 0 }))
        {
            if (FindFree(text, slot.Value!.Trim(), spans) is { } span)
            {
                spans.Add(new TaggedSpan(slot.Slot, span, Sure));
            }
        }

        return [.. spans.OrderBy(span => span.Span.Start)];
    }

    private static TextSpan? FindFree(string text, string value, List<TaggedSpan> taken)
    {
        for (var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var span = new TextSpan(at, value.Length);
            if (IsWhole(text, span) && !taken.Exists(other => other.Span.Start < span.End && span.Start < other.Span.End))
            {
                return span;
            }
        }

        return null;
    }

    private static bool IsWhole(string text, TextSpan span) =>
        !(span.Start > 0 && char.IsLetterOrDigit(text[span.Start - 1]) && char.IsLetterOrDigit(text[span.Start])) && !(span.End < text.Length && char.IsLetterOrDigit(text[span.End]) && char.IsLetterOrDigit(text[span.End - 1]));

    internal sealed record Reading(string? Intent, IReadOnlyList<ReadSlot> Slots);

    internal sealed record ReadSlot(string Slot, string? Value);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Reading))]
    private sealed partial class PromptedJson : JsonSerializerContext;
}
