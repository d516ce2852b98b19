namespace CopilotBot.FakeTeams;

/// <summary>A broken rule, and the answer of the service where it does not let the call through.</summary>
/// <param name="Status">Null where Teams accepts the call and only shows less than was meant.</param>
internal sealed record Finding(RuleViolation Violation, int? Status, string Code)
{
    /// <summary>Recorded, not refused.</summary>
    public static Finding Note(string rule, string facts, string detail) => new(new(rule, facts, detail), null, "");

    public static Finding Refuse(string rule, string facts, int status, string code, string detail) => new(new(rule, facts, detail), status, code);

    /// <summary>What most broken activities are answered.</summary>
    public static Finding BadSyntax(string rule, string facts, string detail) => Refuse(rule, facts, 400, "BadSyntax", detail);
}
