namespace CopilotBot.FakeJiraReading;

/// <summary>Thrown inside the fake where a call is refused: what the site answers, and the violation to record where the caller is to blame.</summary>
internal sealed class RuleException(RuleViolation? violation, Outcome outcome) : Exception(violation?.Detail)
{
    public RuleViolation? Violation { get; } = violation;

    public Outcome Outcome { get; } = outcome;

    public static RuleException Of(string rule, string source, string detail, int status = 400) => new(new RuleViolation(rule, source, detail), Outcome.Error(status, detail));

    /// <summary>The site is to blame.</summary>
    public static RuleException Trouble(int status, string message) => new(null, Outcome.Error(status, message));
}
