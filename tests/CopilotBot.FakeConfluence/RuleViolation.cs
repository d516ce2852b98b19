namespace CopilotBot.FakeConfluence;

/// <summary>A call that the real API refuses.</summary>
/// <param name="Rule">Short name, e.g. <c>limit</c>.</param>
/// <param name="Source">A paragraph of facts/sources.md (<c>§1.2</c>), or an official document.</param>
public sealed record RuleViolation(string Rule, string Source, string Detail);
