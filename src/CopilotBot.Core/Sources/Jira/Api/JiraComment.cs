using System.Text.Json;

namespace CopilotBot.Sources.Jira.Api;

/// <param name="Visibility">Null when every reader of the issue may see it, but for internal notes of service projects.</param>
/// <param name="IsPublic">Says something in service projects only (facts/sources.md §2.4); null where the issue does not tell, as on Data Center.</param>
internal sealed record JiraComment(string Id, string Author, DateTimeOffset Created, DateTimeOffset Updated, string Version, JiraText Body, CommentVisibility? Visibility, bool? IsPublic)
{
    public static JiraComment Parse(JsonElement comment, bool isWiki)
    {
        var visibility = comment.Get("visibility");
        return new JiraComment(
            comment.Text("id"), comment.Text("author", "displayName"), comment.Time("created"), comment.Time("updated"), comment.Text("updated"), new JiraText(comment.Get("body"), isWiki),
            visibility.ValueKind != JsonValueKind.Object ? null
                : new CommentVisibility(visibility.Text("type"), visibility.Text("identifier") is { Length: > 0 } stable ? stable : visibility.Text("value")),
            comment.Get("jsdPublic").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null });
    }
}

/// <param name="Type">"role" or "group".</param>
/// <param name="Identifier">Id where the site names one, else the name.</param>
internal sealed record CommentVisibility(string Type, string Identifier);
