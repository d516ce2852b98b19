namespace CopilotBot.FakeConfluence;

public enum UserKind
{
    Person,

    /// <summary>Of one space, licensed apart (facts §1.6).</summary>
    Guest,

    App,

    /// <summary>Of a service desk; no account of the wiki.</summary>
    Customer,
}
