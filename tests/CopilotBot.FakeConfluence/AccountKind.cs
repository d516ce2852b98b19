namespace CopilotBot.FakeConfluence;

/// <summary>What an account is to the site (facts/sources.md §1.6).</summary>
public enum AccountKind
{
    Person,

    /// <summary>Licensed for single spaces: only what names them or a group of theirs.</summary>
    Guest,

    App,

    Customer,
}
