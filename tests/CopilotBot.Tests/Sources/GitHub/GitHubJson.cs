using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.Tests.Sources.GitHub;

/// <summary>What the fake site answers, in GitHub's words.</summary>
internal static class GitHubJson
{
    public static JsonNode Of(FakeRepository repository) => new JsonObject
    {
        ["id"] = repository.Id,
        ["full_name"] = repository.Name,
        ["private"] = repository.Visibility != "public",
        ["visibility"] = repository.Visibility,
        ["has_issues"] = repository.HasIssues,
    };

    public static JsonNode Of(FakeRepository repository, FakeIssue issue, string root)
    {
        var json = new JsonObject
        {
            ["id"] = issue.Id,
            ["number"] = issue.Number,
            ["title"] = issue.Title,
            ["body"] = issue.Body,
            ["state"] = issue.State,
            ["comments"] = issue.Comments.Count,
            ["html_url"] = $"https://github.example/{repository.Name}/issues/{issue.Number}",
            ["repository_url"] = $"{root}/repos/{repository.Name}",
            ["updated_at"] = Time(issue.Updated),
            ["closed_at"] = issue.State == "closed" ? Time(issue.Updated) : null,
            ["state_reason"] = issue.State == "closed" ? "not_planned" : null,
            ["user"] = new JsonObject { ["login"] = "ada" },
            ["labels"] = new JsonArray(new JsonObject { ["name"] = "printer" }),
            ["assignees"] = new JsonArray(new JsonObject { ["login"] = "bo" }),
        };
        if (issue.IsPullRequest)
        {
            json["pull_request"] = new JsonObject { ["url"] = "https://github.example/pull" };
        }

        return json;
    }

    public static JsonNode Of(FakeRepository repository, FakeIssue issue, FakeComment comment, string root) => new JsonObject
    {
        ["id"] = comment.Id,
        ["issue_url"] = $"{root}/repos/{repository.Name}/issues/{issue.Number}",
        ["user"] = new JsonObject { ["login"] = comment.Author },
        ["body"] = comment.Body,
        ["created_at"] = Time(comment.Created),
        ["updated_at"] = Time(comment.Updated),
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
