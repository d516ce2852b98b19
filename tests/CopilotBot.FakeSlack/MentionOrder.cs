namespace CopilotBot.FakeSlack;

/// <summary>How the two events of a mention come (facts §1.3: no order is promised).</summary>
public enum MentionOrder
{
    MentionFirst,
    MessageFirst,
    AtOnce,
}
