using System.Text.Json;

namespace CopilotBot.Sources.Jira.Api;

/// <summary>An issue as it was read. People are named by account id on Cloud and by user key on Data Center.</summary>
/// <param name="Level">Id of its security level, or empty.</param>
/// <param name="Restriction">Ids of project roles that alone may see it (facts/sources.md §2.5, no. 4), none of them for a restriction of an unknown kind; null when there is none.</param>
/// <param name="CommentCount">How many comments there are; more than <paramref name="Comments"/> when the list is cut.</param>
/// <param name="Links">One line each, as people read them on the issue.</param>
/// <param name="Holders">Ids of people and groups by custom field, for permissions that such fields give.</param>
internal sealed record JiraIssue(
    string Id, string Key, string Summary, string ProjectId, string Level, IReadOnlyList<string>? Restriction, DateTimeOffset Updated, string Version, JiraText Description, JiraText Environment,
    IReadOnlyList<(string Name, string Value)> Details, IReadOnlyList<string> Labels, DateTimeOffset? Resolved, IReadOnlyList<string> Links, string Reporter, string Assignee,
    IReadOnlyList<JiraComment> Comments, int CommentCount, IReadOnlyList<JiraAttachment> Attachments, IReadOnlyDictionary<string, IReadOnlyList<string>> Holders)
{
    public static JiraIssue Parse(JsonElement issue, bool isWiki)
    {
        var fields = issue.Get("fields");
        var listed = fields.Get("comment").ValueKind == JsonValueKind.Array ? fields.Get("comment") : fields.Get("comment", "comments");
        List<JiraComment> comments = [.. listed.Items().Select(comment => JiraComment.Parse(comment, isWiki))];
        return new JiraIssue(
            issue.Text("id"), issue.Text("key"), fields.Text("summary"), fields.Text("project", "id"), fields.Text("security", "id"), RestrictionOf(fields.Get("issuerestriction", "issuerestrictions")), fields.Time("updated"), fields.Text("updated"),
            new JiraText(fields.Get("description"), isWiki), new JiraText(fields.Get("environment"), isWiki), DetailsOf(fields), [.. fields.Items("labels").Select(label => label.GetString() ?? "")],
            fields.Text("resolutiondate").Length > 0 ? fields.Time("resolutiondate") : null, [.. fields.Items("issuelinks").Select(LinkOf).Where(link => link.Length > 0)],
            UserOf(fields.Get("reporter")), UserOf(fields.Get("assignee")), comments,
            int.TryParse(fields.Text("comment", "total"), out var total) ? total : comments.Count, [.. fields.Items("attachment").Select(JiraAttachment.Parse)], HoldersOf(fields));
    }

    /// <summary>Empty when it is nobody.</summary>
    public static string UserOf(JsonElement user) =>
        user.Text("accountId") is { Length: > 0 } account ? account : user.Text("key") is { Length: > 0 } key ? key : user.Text("name");

    private static List<(string Name, string Value)> DetailsOf(JsonElement fields) =>
    [
        ("Type", fields.Text("issuetype", "name")), ("Status", fields.Text("status", "name")), ("Resolution", fields.Text("resolution", "name")),
        ("Priority", fields.Text("priority", "name")), ("Assignee", fields.Text("assignee", "displayName")), ("Reporter", fields.Text("reporter", "displayName")),
        ("Components", string.Join(", ", fields.Items("components").Select(component => component.Text("name")))),
    ];

    private static IReadOnlyList<string>? RestrictionOf(JsonElement restrictions) => restrictions.ValueKind == JsonValueKind.Object && restrictions.EnumerateObject().Any()
        ? [.. restrictions.Items("projectrole").Select(role => role.ValueKind == JsonValueKind.String ? role.GetString() ?? "" : role.GetRawText()).Order(StringComparer.Ordinal)]
        : null;

    /// <summary>Names the other issue by its key alone: its summary has readers of its own.</summary>
    private static string LinkOf(JsonElement link)
    {
        var isOutward = link.Get("outwardIssue").ValueKind == JsonValueKind.Object;
        var key = link.Text(isOutward ? "outwardIssue" : "inwardIssue", "key");
        return key.Length == 0 ? "" : $"{link.Text("type", isOutward ? "outward" : "inward")} {key}".Trim();
    }

    private static Dictionary<string, IReadOnlyList<string>> HoldersOf(JsonElement fields)
    {
        var holders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (fields.ValueKind != JsonValueKind.Object)
        {
            return holders;
        }

        foreach (var field in fields.EnumerateObject().Where(field => field.Name.StartsWith("customfield_", StringComparison.Ordinal)))
        {
            var values = field.Value.ValueKind == JsonValueKind.Array ? field.Value.EnumerateArray() : Enumerable.Repeat(field.Value, 1);
            List<string> ids = [.. values.Select(value => value.Text("groupId") is { Length: > 0 } group ? group : UserOf(value)).Where(id => id.Length > 0)];
            if (ids.Count > 0)
            {
                holders[field.Name] = ids;
            }
        }

        return holders;
    }
}
