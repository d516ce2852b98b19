namespace CopilotBot.FakeSlack;

/// <summary>How a call fails. After acting: the message was really posted, changed or deleted before the failure shows.</summary>
public abstract record FaultKind
{
    private FaultKind(bool afterActing) => AfterActing = afterActing;

    public bool AfterActing { get; }

    /// <summary>An answer that is not 200: 429 with Retry-After, or a 5xx whose body is no JSON (facts §2).</summary>
    public sealed record Status(int Code, TimeSpan? RetryAfter = null, bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>200 with <c>ok:false</c>: <c>internal_error</c>, <c>service_unavailable</c> and their like.</summary>
    public sealed record Error(string Code, bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record DropConnection(bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>Nothing happens for a while on the platform's clock; then all goes on as if nothing had been. A caller who leaves before acting gets nothing done.</summary>
    public sealed record Hang(TimeSpan Time, bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>Status, headers and half of the body come at once, the other half after a while.</summary>
    public sealed record SlowBody(TimeSpan Time) : FaultKind(true);
}
