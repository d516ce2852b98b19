namespace CopilotBot.FakeConfluence;

/// <summary>Thrown inside the fake where a call breaks a rule: the violation to record, and what the site answers.</summary>
internal sealed class RuleException(RuleViolation violation, Outcome outcome) : Exception(violation.Detail)
{
    public RuleViolation Violation { get; } = violation;

    public Outcome Outcome { get; } = outcome;

    public static RuleException Of(string rule, string source, string detail, int status = 400) => new(new RuleViolation(rule, source, detail), Outcome.Error(status, detail));
}
