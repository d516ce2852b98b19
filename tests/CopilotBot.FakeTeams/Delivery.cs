using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeTeams;

/// <summary>An activity that was brought to the bot, and how often it took.</summary>
public sealed record Delivery(JsonObject Activity, IReadOnlyList<DeliveryAttempt> Attempts)
{
    /// <summary>Id of the activity; for a message that of the message.</summary>
    public string ActivityId => (string)Activity["id"]!;

    /// <summary>Conversation that the activity came from: the thread in a channel.</summary>
    public string ConversationId => (string)Activity["conversation"]!["id"]!;

    /// <summary>Status of the last attempt, null where no answer came.</summary>
    public int? Status => Attempts[^1].Status;

    public string Body => Attempts[^1].Body;

    public bool IsTaken => Attempts[^1].IsTaken;

    /// <summary>Body of the last answer, of kind Undefined where it is no JSON.</summary>
    public JsonElement Json => JsonReading.Parse(Body) ?? default;
}
