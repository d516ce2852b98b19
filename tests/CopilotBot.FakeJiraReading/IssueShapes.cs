using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>Issues as each edition writes them: ADF on Cloud, wiki markup on Data Center (facts §2.3, §2.4).</summary>
internal sealed class IssueShapes(JiraState state, PeopleShapes people, JiraEdition edition, Func<string> address)
{
    private const int CommentsInline = 20;

    private bool IsCloud => edition == JiraEdition.Cloud;

    /// <param name="fields">Those that were asked for; others are left out.</param>
    public JsonObject Issue(IssueState issue, IReadOnlyList<string> fields)
    {
        var shape = new JsonObject();
        foreach (var field in fields.Distinct())
        {
            shape[field] = Field(issue, field);
        }

        return new JsonObject { ["id"] = $"{issue.Id}", ["key"] = issue.Key, ["fields"] = shape };
    }

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    public JsonObject Comment(CommentState comment)
    {
        var shape = new JsonObject
        {
            ["id"] = comment.Id,
            ["author"] = people.User(comment.Author),
            ["body"] = Text(comment.Text),
            ["created"] = Time(comment.Created),
            ["updated"] = Time(comment.Created),
        };
        if (IsCloud)
        {
            shape["jsdPublic"] = comment.IsPublic;
        }

        if (comment.Reach is { } reach)
        {
            var name = reach.Type == "role" ? state.Roles[reach.Id] : state.Groups[reach.Id].Name;
            shape["visibility"] = new JsonObject { ["type"] = reach.Type, ["value"] = name };
            if (IsCloud)
            {
                shape["visibility"]!["identifier"] = reach.Type == "group" ? reach.Id : name;
            }
        }

        return shape;
    }

    public JsonObject RequestComment(CommentState comment) => new()
    {
        ["id"] = comment.Id,
        ["body"] = comment.Text,
        ["public"] = comment.IsPublic,
        ["attachments"] = new JsonObject { ["values"] = Listing.ArrayOf(comment.Issue.Files.Where(file => file.Comment == comment.Id), RequestFile) },
    };

    private JsonNode? Field(IssueState issue, string field) => field switch
    {
        "summary" => issue.Summary,
        "description" => Text(issue.Description),
        "updated" => Time(issue.Updated),
        "project" => new JsonObject { ["id"] = issue.Project.Id, ["key"] = issue.Project.Key, ["projectTypeKey"] = issue.Project.Type },
        "reporter" => people.UserOrNone(issue.Reporter),
        "assignee" => people.UserOrNone(issue.Assignee),
        "security" => issue.Level is null ? null : new JsonObject { ["id"] = issue.Level, ["name"] = $"Level {issue.Level}" },
        "issuerestriction" => Restriction(issue),
        "comment" => Comments(issue),
        "attachment" => Listing.ArrayOf(issue.Files, File),
        "labels" or "components" or "issuelinks" => new JsonArray(),
        "issuetype" => new JsonObject { ["name"] = "Task" },
        "status" => new JsonObject { ["name"] = "Open" },
        _ when issue.People.TryGetValue(field, out var users) => Listing.ArrayOf(users, people.User),
        _ when issue.Groups.TryGetValue(field, out var groups) => Listing.ArrayOf(groups, people.Group),
        _ => null,
    };

    private static JsonObject Restriction(IssueState issue) => new()
    {
        ["issuerestrictions"] = issue.Restriction.Count == 0 ? new JsonObject() : new JsonObject { ["projectrole"] = Listing.ArrayOf(issue.Restriction, role => role) },
        ["shouldDisplay"] = issue.Restriction.Count > 0,
    };

    /// <summary>Cloud gives the newest only, Data Center all (facts §2.1, §2.8).</summary>
    private JsonObject Comments(IssueState issue)
    {
        var shown = IsCloud ? issue.Comments.TakeLast(CommentsInline).ToList() : issue.Comments;
        return new JsonObject { ["comments"] = Listing.ArrayOf(shown, Comment), ["maxResults"] = shown.Count, ["total"] = issue.Comments.Count, ["startAt"] = 0 };
    }

    private JsonNode File(FileState file) => new JsonObject
    {
        ["id"] = file.Id,
        ["filename"] = file.Name,
        ["size"] = file.Bytes.Length,
        ["mimeType"] = "text/plain",
        ["created"] = Time(file.Created),
        ["content"] = ContentOf(file),
    };

    private JsonNode RequestFile(FileState file) => new JsonObject { ["filename"] = file.Name, ["_links"] = new JsonObject { ["jiraRest"] = $"{address()}/rest/api/2/attachment/{file.Id}", ["content"] = ContentOf(file) } };

    private string ContentOf(FileState file) => IsCloud ? $"{address()}/rest/api/3/attachment/content/{file.Id}" : $"{address()}/secure/attachment/{file.Id}/{Uri.EscapeDataString(file.Name)}";

    private JsonNode? Text(string text) => text.Length == 0 ? null : !IsCloud ? text : new JsonObject
    {
        ["type"] = "doc",
        ["version"] = 1,
        ["content"] = new JsonArray(new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) }),
    };
}
