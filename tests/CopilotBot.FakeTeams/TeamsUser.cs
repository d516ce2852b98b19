namespace CopilotBot.FakeTeams;

/// <summary>A person as the member calls describe one (facts §2.1).</summary>
/// <param name="Id">The <c>29:</c> id, which belongs to one bot.</param>
/// <param name="AadObjectId">Null for the guests and connectors that have none.</param>
/// <param name="UserRole">user or guest.</param>
public sealed record TeamsUser(string Id, string? AadObjectId, string Name, string Email, string UserPrincipalName, string UserRole, string TenantId);
