using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Extraction.Training;

/// <summary>A line of a labelled set, in the form of tickets-messages.</summary>
/// <param name="Split">"train", or "review" where <paramref name="Unplaced"/> is not empty: a person looks before it is trained on.</param>
/// <param name="Unplaced">Slots whose value a person wrote and that does not stand in the message.</param>
internal sealed partial record LabelledTurn(string Text, IReadOnlyList<string> Tokens, IReadOnlyList<string> Tags, string Intent, IReadOnlyList<LabelledSlot> Slots, string Split, IReadOnlyList<string> Unplaced)
{
    public string ToLine() => JsonSerializer.Serialize(this, LabelledTurnJson.Readable.LabelledTurn);

    [JsonSerializable(typeof(LabelledTurn))]
    private sealed partial class LabelledTurnJson : JsonSerializerContext
    {
        public static LabelledTurnJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>Offsets are UTF-16 code units of the text.</summary>
internal sealed record LabelledSlot(string Slot, int Start, int End, string Value);
