namespace CopilotBot.FakeSlack;

/// <summary>Each kind has its own address and encoding (facts §1).</summary>
public enum SlackPayloadKind
{
    Event,
    Command,
    Interaction,
}
