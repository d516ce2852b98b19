namespace CopilotBot.FakeConfluence;

/// <summary>Who may read a space (facts §1.6).</summary>
public abstract record SpaceReader
{
    private SpaceReader()
    {
    }

    public sealed record User(string AccountId) : SpaceReader;

    public sealed record Group(string GroupId) : SpaceReader;

    /// <summary>Everybody with a licence; guests have another one.</summary>
    public sealed record Licensed : SpaceReader;

    public sealed record Anonymous : SpaceReader;
}
