using System.Text.Json;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Channels.Tickets;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Teams;

/// <summary>What came back from a button of one of our cards, by either way that clients have (facts/teams.md §4). All of it was in the hands of a person.</summary>
/// <param name="Turn">Null where the card named none.</param>
internal sealed record CardPress(string Verb, TurnId? Turn, string? Reaction, string? Reason, string? Comment)
{
    public string? Intent { get; init; }

    /// <summary>Inputs of the draft of a ticket.</summary>
    public TicketForm Form { get; init; } = TicketForm.Empty;

    /// <param name="value">Of a message (Action.Submit), the action of an invoke (Action.Execute), or the data of a form.</param>
    /// <returns>Null for what is no button of ours.</returns>
    public static CardPress? Parse(JsonElement value)
    {
        var data = WireJson.Property(value, "data") is { ValueKind: JsonValueKind.Object } inner ? inner : value;
        var verb = WireJson.Text(value, TeamsVerb.VerbKey) ?? WireJson.Text(data, TeamsVerb.VerbKey);
        return verb is null
            ? null
            : new CardPress(
                verb,
                WireJson.Text(data, TeamsVerb.TurnKey) is { Length: > 0 } turn ? new TurnId(turn) : null,
                WireJson.Text(data, TeamsVerb.ReactionKey),
                WireJson.Text(data, TeamsVerb.ReasonKey),
                WireJson.Text(data, TeamsVerb.CommentKey))
            {
                Intent = WireJson.Text(data, TeamsVerb.IntentKey),
                Form = ReadForm(data),
            };
    }

    /// <summary>Inputs come as texts; several choices are separated by commas.</summary>
    private static TicketForm ReadForm(JsonElement data)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var input in data.ValueKind == JsonValueKind.Object ? data.EnumerateObject().Where(input => input.Name.StartsWith(TeamsVerb.FieldPrefix, StringComparison.Ordinal)) : [])
        {
            var (name, isMany) = input.Name.EndsWith(TeamsVerb.Many, StringComparison.Ordinal) ? (input.Name[TeamsVerb.FieldPrefix.Length..^TeamsVerb.Many.Length], true) : (input.Name[TeamsVerb.FieldPrefix.Length..], false);
            var text = WireJson.Text(data, input.Name) ?? "";
            values[name] = isMany ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : text.Length > 0 ? [text] : [];
        }

        return new TicketForm(WireJson.Text(data, TeamsVerb.KindKey), values);
    }
}
