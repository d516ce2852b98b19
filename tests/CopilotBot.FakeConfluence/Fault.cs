namespace CopilotBot.FakeConfluence;

/// <summary>How a call fails (facts/sources.md §1.9, §7.5).</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <param name="Headers">Such as Retry-After and RateLimit-Reason.</param>
    public sealed record Status(int Code, params (string Name, string Value)[] Headers) : Fault;

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record Drop : Fault;

    /// <summary>A complete answer whose JSON ends in the middle.</summary>
    public sealed record Truncate : Fault;

    /// <summary>Nothing happens for a while on the site's clock; then it is answered.</summary>
    public sealed record Slow(TimeSpan Time) : Fault;

    /// <summary>The next page that the answer names is the page itself.</summary>
    public sealed record SamePage : Fault;
}
