using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira;

/// <summary>What the webhooks of a site tell (facts/sources.md §2.7).</summary>
public static class JiraWebhook
{
    private static readonly string[] OfDirectory =
        ["project_", "permissionscheme_", "permission_", "group_", "user_", "role_", "project_role_", "issuesecurity", "issue_security", "security_"];

    public static WebhookHint Parse(SourceName source, JsonElement body)
    {
        var name = body.Text("webhookEvent");
        var kind = name.StartsWith("jira:", StringComparison.Ordinal) ? name[5..] : name;
        IEnumerable<string> issues =
        [
            body.Text("issue", "id"), body.Text("comment", "issueId"), body.Text("attachment", "issueId"), body.Text("issueLink", "sourceIssueId"), body.Text("issueLink", "destinationIssueId"),
        ];
        return new WebhookHint(
            [.. issues.Where(id => id.Length > 0 && id.All(char.IsAsciiDigit)).Distinct().Select(id => JiraIds.Of(source, id))],
            OfDirectory.Any(prefix => kind.StartsWith(prefix, StringComparison.Ordinal)));
    }
}
