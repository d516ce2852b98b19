namespace CopilotBot.Knowledge;

/// <summary>
/// Somebody that a layer can let in: "user:{source}:{accountId}", "group:{source}:{groupId}", "licensed" (everyone with an
/// account in the organisation), "licensed:{source}" (everyone with a licence for that site) or "anyone" (the public). E-mail addresses and names are never principals.
/// </summary>
public readonly record struct Principal(string Value)
{
    public static Principal Anyone { get; } = new("anyone");

    public static Principal Licensed { get; } = new("licensed");

    public static Principal LicensedAt(SourceName source) => new($"licensed:{source.Value}");

    public static Principal User(SourceName source, string accountId) => new($"user:{source.Value}:{accountId}");

    public static Principal Group(SourceName source, string groupId) => new($"group:{source.Value}:{groupId}");

    public override string ToString() => Value;
}
