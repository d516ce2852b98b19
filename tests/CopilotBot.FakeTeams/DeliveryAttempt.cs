namespace CopilotBot.FakeTeams;

/// <param name="Status">Null where no answer came: see <paramref name="Failure"/>.</param>
public sealed record DeliveryAttempt(DateTimeOffset SentAt, int? Status, string Body, string? Failure)
{
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>No answer, or one of the server's own errors: the platform comes again.</summary>
    internal bool IsWorthAnother => Status is null or >= 500;
}
