using System.Text.Json;

namespace CopilotBot.Channels.Teams.Connector;

/// <summary>One member of a conversation. Guests, other bots and people who joined by a link may have no object id.</summary>
/// <param name="Id">Of this bot only ("29:..."); empty where the platform gave none.</param>
/// <param name="ObjectId">Of the person in the directory.</param>
internal sealed record Member(string Id, string? ObjectId, string? Name, string? Email, string? UserPrincipalName, string? TenantId, string? Role)
{
    /// <summary>Older calls name the object id "objectId" (facts 2.1), and the role has two names too.</summary>
    public static Member Parse(JsonElement member) => new(
        TextOf(member, "id") ?? "",
        TextOf(member, "aadObjectId") ?? TextOf(member, "objectId"),
        TextOf(member, "name"),
        TextOf(member, "email"),
        TextOf(member, "userPrincipalName"),
        TextOf(member, "tenantId"),
        TextOf(member, "userRole") ?? TextOf(member, "role"));

    private static string? TextOf(JsonElement member, string property) =>
        member.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
