namespace CopilotBot.FakeTeams;

/// <param name="Rule">Short name of the rule, e.g. <c>citation-count</c>.</param>
/// <param name="Facts">Paragraph of the protocol facts that states it, e.g. <c>§3.1</c>.</param>
public sealed record RuleViolation(string Rule, string Facts, string Detail);
