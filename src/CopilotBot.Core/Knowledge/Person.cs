namespace CopilotBot.Knowledge;

/// <summary>A person as a source knows them, with every principal they hold there (themselves, groups expanded through nesting).</summary>
/// <param name="Id">"{source}:{accountId}", unique.</param>
/// <param name="AccountId">The source's own account id; people may be named by it, by e-mail address or by display name.</param>
public sealed record Person(string Id, string AccountId, string DisplayName, string? Email, string? JobTitle, IReadOnlyList<Principal> Principals);
