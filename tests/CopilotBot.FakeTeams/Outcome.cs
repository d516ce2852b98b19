namespace CopilotBot.FakeTeams;

/// <summary>What one call is answered.</summary>
/// <param name="Body">Null for an empty body.</param>
internal sealed record Outcome(int Status, object? Body = null, TimeSpan? RetryAfter = null)
{
    public static Outcome Error(int status, string code, string message, TimeSpan? retryAfter = null) => new(status, new { error = new { code, message } }, retryAfter);

    public static Outcome Of(Finding finding) => Error(finding.Status ?? 400, finding.Code, finding.Violation.Detail);
}
