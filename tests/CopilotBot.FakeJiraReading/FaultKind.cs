namespace CopilotBot.FakeJiraReading;

/// <summary>How a call fails (facts §1.9, §2.1, §5.3).</summary>
public abstract record FaultKind
{
    private FaultKind()
    {
    }

    /// <param name="Reason">Of the header RateLimit-Reason; null for none.</param>
    public sealed record Status(int Code, TimeSpan? RetryAfter = null, string? Reason = null) : FaultKind;

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record DropConnection : FaultKind;

    /// <summary>A complete answer whose JSON ends in the middle.</summary>
    public sealed record Truncated : FaultKind;
}
