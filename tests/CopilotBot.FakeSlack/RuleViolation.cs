namespace CopilotBot.FakeSlack;

/// <param name="Rule">Short name of the rule, e.g. <c>unfurl</c>.</param>
/// <param name="Facts">Paragraph of the protocol facts that states it, e.g. <c>§3</c>.</param>
public sealed record RuleViolation(string Rule, string Facts, string Detail);
