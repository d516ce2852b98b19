using System.Text.Json;

namespace CopilotBot.Channels.Teams.Connector;

/// <summary>One member of a conversation. Guests, other bots and people who joined by a link may have no object id.</summary>
/// <param name="Id">Of this bot only ("29:..."); empty where the platform gave none.</param>
/// <param name="ObjectId">Of the person in the directory.</param>
internal sealed record Member(string Id, string? ObjectId, string? Name, string? Email, string? UserPrincipalName, string? TenantId, string? Role)
{
    /// <summary>Older calls name the object id "objectId" (facts 2.1), and the role has two names too.</summary>
    public static Member Parse(JsonElement member) => new(
        WireJson.Words(member, "id") ?? "",
        WireJson.Words(member, "aadObjectId") ?? WireJson.Words(member, "objectId"),
        WireJson.Words(member, "name"),
        WireJson.Words(member, "email"),
        WireJson.Words(member, "userPrincipalName"),
        WireJson.Words(member, "tenantId"),
        WireJson.Words(member, "userRole") ?? WireJson.Words(member, "role"));
}
