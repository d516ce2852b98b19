namespace CopilotBot.Conversations;

/// <summary>Id of a turn; shown to people as trace id.</summary>
public readonly record struct TurnId(string Value)
{
    public static TurnId New() => new(Guid.CreateVersion7().ToString("n"));

    public override string ToString() => Value;
}
