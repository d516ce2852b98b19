using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.GitHub;

/// <summary>What webhooks tell, by their bodies alone: the kind of event stands in a header (facts/sources.md §3.3).</summary>
public static class GitHubWebhook
{
    private static readonly string[] OfRepository = ["publicized", "privatized", "renamed", "transferred"];

    public static WebhookHint Parse(SourceName source, JsonElement body)
    {
        var issue = body.Get("issue");
        if (issue.ValueKind == JsonValueKind.Object)
        {
            IEnumerable<string> ids = issue.Get("pull_request").ValueKind == JsonValueKind.Object ? [] : [issue.Text("id"), body.Text("changes", "new_issue", "id")];
            return new WebhookHint([.. ids.Where(id => id.Length > 0 && id.All(char.IsAsciiDigit)).Distinct().Select(id => GitHubIds.Of(source, id))], false);
        }

        string[] people = ["member", "membership", "team"];
        return new WebhookHint([], people.Any(name => body.Get(name).ValueKind == JsonValueKind.Object) || OfRepository.Contains(body.Text("action")));
    }
}
