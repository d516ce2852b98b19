namespace CopilotBot.FakeJira;

/// <summary>How a call fails. After acting: what was asked for was really done before the failure shows.</summary>
public abstract record FaultKind
{
    private FaultKind(bool afterActing) => AfterActing = afterActing;

    public bool AfterActing { get; }

    public sealed record Status(int Code, TimeSpan? RetryAfter = null, bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record DropConnection(bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>A complete answer whose JSON ends in the middle.</summary>
    public sealed record Truncated() : FaultKind(true);

    /// <summary>Nothing happens for a while on the site's clock; then all goes on, also when the caller has left.</summary>
    public sealed record Slow(TimeSpan Time, bool AfterActing = false) : FaultKind(AfterActing);
}
