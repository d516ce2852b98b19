namespace CopilotBot.FakeConfluence;

/// <summary>How a call fails (facts §1.9, §5.3).</summary>
public abstract record FaultKind
{
    private FaultKind()
    {
    }

    /// <param name="Reason">Of the header RateLimit-Reason, as "confluence-quota-global-based"; null for none.</param>
    public sealed record Status(int Code, TimeSpan? RetryAfter = null, string? Reason = null) : FaultKind;

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record DropConnection : FaultKind;

    /// <summary>A complete answer whose JSON ends in the middle.</summary>
    public sealed record Truncated : FaultKind;

    /// <summary>Nothing happens for a while on the site's clock; then all goes on.</summary>
    public sealed record Slow(TimeSpan Time) : FaultKind;

    /// <summary>The link to the next page leads to this page again.</summary>
    public sealed record RepeatedCursor : FaultKind;

    /// <summary>The page has no entries and yet a link to another one, with a cursor never seen.</summary>
    public sealed record EndlessPaging : FaultKind;

    /// <summary>A listing without entries and without a link: the token lost its rights (facts §1.6).</summary>
    public sealed record EmptyListing : FaultKind;

    public static FaultKind Burst(TimeSpan wait) => new Status(429, wait, "confluence-burst-based");

    /// <summary>A wall until the hour is over.</summary>
    public static FaultKind Quota(TimeSpan wait) => new Status(429, wait, "confluence-quota-global-based");

    /// <summary>As the gateway does it.</summary>
    public static FaultKind ThrottledWithoutHeader() => new Status(429);
}
