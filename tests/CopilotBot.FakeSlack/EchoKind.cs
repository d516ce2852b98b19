namespace CopilotBot.FakeSlack;

/// <summary>What the bot did to a message of its own.</summary>
internal enum EchoKind
{
    Posted,
    Changed,
    Deleted,
}
