namespace CopilotBot.FakeSlack;

/// <summary>A broken rule, and the error of Slack where it does not let the call through.</summary>
/// <param name="Error">Null where Slack accepts the call and only shows something else than was meant.</param>
/// <param name="IsViolation">False for an answer that the bot could not foresee, such as the first one after a person pressed stop.</param>
internal sealed record Finding(RuleViolation Violation, string? Error, bool IsViolation = true)
{
    /// <summary>Recorded, not refused.</summary>
    public static Finding Note(string rule, string facts, string detail) => new(new(rule, facts, detail), null);

    public static Finding Refuse(string error, string rule, string facts, string detail) => new(new(rule, facts, detail), error);

    /// <summary>Refused, but nobody's fault.</summary>
    public static Finding State(string error, string detail) => new(new("", "", detail), error, IsViolation: false);
}
