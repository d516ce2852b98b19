namespace CopilotBot.FakeSlack;

/// <summary>Rate classes of the methods (facts §2); the special ones have no number of their own, but for chat.postMessage per channel.</summary>
public enum SlackTier
{
    Special,
    One,
    Two,
    Three,
    Four,
}
