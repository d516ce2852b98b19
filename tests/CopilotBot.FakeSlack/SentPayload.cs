using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>One payload that was brought to the bot, and how often it took.</summary>
public sealed record SentPayload(SlackPayloadKind Kind, JsonObject Payload, IReadOnlyList<DeliveryAttempt> Attempts)
{
    public bool IsTaken => Attempts[^1].IsTaken;

    /// <summary>Null for commands and interactions.</summary>
    public string? EventId => (string?)Payload["event_id"];
}
