namespace CopilotBot.FakeSlack;

/// <param name="Status">Null where no answer came: see <paramref name="Failure"/>. 200 for an acknowledgement over a socket.</param>
/// <param name="Elapsed">On the platform's clock.</param>
public sealed record DeliveryAttempt(DateTimeOffset SentAt, int? Status, string Body, string? ContentType, string? Failure, TimeSpan Elapsed)
{
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>The bot asked to be left alone (facts §1.3).</summary>
    internal bool IsRetryDeclined { get; init; }

    /// <summary>It went into a socket that this fake made deaf: not the bot's fault.</summary>
    internal bool IsLost { get; init; }

    /// <summary>As the retry names it (facts §1.3).</summary>
    internal string RetryReason => (Status, Failure) switch
    {
        (not null, _) => "http_error",
        (_, Courier.NoAnswer) => "http_timeout",
        _ => "connection_failed",
    };
}
