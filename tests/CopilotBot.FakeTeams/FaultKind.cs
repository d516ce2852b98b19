namespace CopilotBot.FakeTeams;

/// <summary>How a call fails. After acting: the message was really posted, changed or deleted before the failure shows.</summary>
public abstract record FaultKind
{
    private FaultKind(bool afterActing) => AfterActing = afterActing;

    public bool AfterActing { get; }

    /// <summary>An error answer of the service.</summary>
    /// <param name="ErrorCode">The <c>error.code</c> of the body, e.g. <c>BotDisabledByAdmin</c>.</param>
    public sealed record Status(int Code, TimeSpan? RetryAfter = null, bool AfterActing = false, string ErrorCode = "ServiceError") : FaultKind(AfterActing);

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record DropConnection(bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>Nothing happens for a while on the connector's clock; then all goes on as if nothing had been. A caller who leaves before acting gets nothing done.</summary>
    public sealed record Hang(TimeSpan Time, bool AfterActing = false) : FaultKind(AfterActing);

    /// <summary>Status, headers and half of the body come at once, the other half after a while.</summary>
    public sealed record SlowBody(TimeSpan Time) : FaultKind(true);
}
