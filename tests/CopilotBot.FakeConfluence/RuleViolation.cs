namespace CopilotBot.FakeConfluence;

/// <param name="Rule">Short name of the rule, e.g. <c>id-list</c>.</param>
/// <param name="Source">What states it: a paragraph of facts/sources.md (<c>§1.2</c>) or a path of confluence-cloud-api-v2.json.</param>
public sealed record RuleViolation(string Rule, string Source, string Detail);
