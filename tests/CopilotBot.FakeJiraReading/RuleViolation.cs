namespace CopilotBot.FakeJiraReading;

/// <param name="Rule">Short name of the rule, e.g. <c>page-size</c>.</param>
/// <param name="Source">What states it: a paragraph of facts/sources.md (<c>§2.1</c>) or a path of jira-cloud-api.json.</param>
public sealed record RuleViolation(string Rule, string Source, string Detail);
