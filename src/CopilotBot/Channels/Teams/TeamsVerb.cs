using System.Text.Json;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Teams;

/// <summary>A press of a button of one of our cards, by either way that clients have (facts/teams.md §4). Everything in it was in the hands of a person.</summary>
internal sealed record TeamsVerb(string Name, TurnId Turn, string? Question)
{
    public const string AskPrivately = "askPrivately";

    public const string Ask = "ask";

    /// <param name="value">Of a message (Action.Submit) or the action of an invoke (Action.Execute).</param>
    public static TeamsVerb? Parse(JsonElement value)
    {
        var data = WireJson.Property(value, "data") is { ValueKind: JsonValueKind.Object } inner ? inner : value;
        var name = WireJson.Text(value, "verb") ?? WireJson.Text(data, "verb");
        return name is null ? null : new TeamsVerb(name, new TurnId(WireJson.Text(data, "turn") ?? ""), WireJson.Text(data, "question"));
    }
}
