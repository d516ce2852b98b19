namespace CopilotBot.Sources.Jira.Api;

/// <param name="Lead">Empty when there is none.</param>
/// <param name="Problem">One sentence when it cannot be read now, else null.</param>
internal sealed record ProjectRef(string Id, string Key, string Name, bool IsServiceProject, string Lead, string? Problem = null);

/// <param name="Updated">By the site's clock.</param>
internal sealed record IssueRef(string Id, string ProjectId, DateTimeOffset Updated);

/// <summary>Somebody that a permission or a security level is given to, as the site names its kind.</summary>
/// <param name="Parameter">Id where the site has one (group, user, role, custom field), else the name; empty for kinds that need none.</param>
internal sealed record Holder(string Type, string Parameter);

/// <summary>Ids of the people and groups in a project role.</summary>
internal sealed record RoleActors(IReadOnlyList<string> Accounts, IReadOnlyList<string> Groups);

/// <param name="Aliases">Other names that the site calls the same account by.</param>
internal sealed record JiraPerson(string AccountId, string DisplayName, string? Email, IReadOnlyList<string> Aliases);

/// <param name="Fields">Custom fields whose people or groups may see the issue.</param>
internal sealed record IssueRequest(IReadOnlyList<string> Ids, IReadOnlyList<string> Fields);

/// <summary>Ids of the comments and attachments of a service request that customers may see.</summary>
internal sealed record PublicParts(IReadOnlySet<string> Comments, IReadOnlySet<string> Attachments);
