namespace CopilotBot.FakeConfluence;

internal sealed class UserState(string id, string name, string? email, UserKind kind, bool isActive)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>Null where it is hidden (facts §1.6).</summary>
    public string? Email { get; } = email;

    public UserKind Kind { get; } = kind;

    public bool IsActive { get; set; } = isActive;
}

internal sealed class GroupState(string id, string name)
{
    public string Id { get; } = id;

    public string Name { get; set; } = name;

    public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Subgroups { get; } = new(StringComparer.Ordinal);
}
