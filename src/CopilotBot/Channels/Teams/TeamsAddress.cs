using System.Text.Json;

namespace CopilotBot.Channels.Teams;

/// <summary>Where a reply goes: what of a conversation reference the connector needs (§2.5). Stored as text by the turn engine.</summary>
/// <param name="UserId">"29:..." of the person who asked; null in none but proactive messages to channels.</param>
internal sealed record TeamsAddress(string ServiceUrl, string ConversationId, string Kind, string? Tenant, string? UserId, string? ObjectId, string? TeamId)
{
    public static TeamsAddress Of(TeamsActivity activity, TeamsConversation conversation) =>
        new(activity.ServiceUrl, conversation.Id, conversation.Kind, conversation.Tenant, activity.From.Id, activity.From.ObjectId, conversation.TeamId);

    public static TeamsAddress Parse(string text) =>
        JsonSerializer.Deserialize(text, TeamsJson.Default.TeamsAddress) ?? throw new FormatException("The stored address is empty.");

    public override string ToString() => JsonSerializer.Serialize(this, TeamsJson.Default.TeamsAddress);
}
