using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>Comments; the list of an issue comes without properties, the list by ids has them when they are asked for.</summary>
internal sealed class CommentApi(JiraState state, IssueApi issues, CreateRules rules, JiraEdition edition, TimeProvider time, Func<string> address)
{
    private const string Add = "POST /rest/api/3/issue/{issueIdOrKey}/comment";

    private const string List = "POST /rest/api/3/comment/list";

    private static readonly string[] CloudMembers = ["body", "visibility", "properties", "jsdPublic"];

    private static readonly string[] DataCenterMembers = ["body", "visibility"];

    /// <summary>Fewer may be returned than were asked for.</summary>
    public int MostOfAPage { get; set; } = 100;

    public Outcome AddComment(string key, JsonObject body)
    {
        var issue = issues.Find(key);
        IssueApi.Members(body, edition == JiraEdition.Cloud ? CloudMembers : DataCenterMembers, Add);
        rules.CheckRich(body["body"], "comment");
        var properties = IssueApi.PropertiesOf(body["properties"], Add);
        var comment = new CommentState(state.NextId(), body["body"]!.DeepClone(), time.GetUtcNow()); // checked
        foreach (var (name, value) in properties)
        {
            comment.Properties[name] = value;
        }

        issue.Comments.Add(comment);
        return new Outcome(201, Write(comment, withProperties: false));
    }

    public Outcome GetComments(string key, IReadOnlyDictionary<string, string> query)
    {
        var all = issues.Find(key).Comments.AsEnumerable();
        all = query.GetValueOrDefault("orderBy") switch
        {
            null or "created" => all,
            "-created" => all.Reverse(),
            var order => throw RuleException.Of("order", "GET /rest/api/3/issue/{issueIdOrKey}/comment", $"{order} is no order"),
        };
        var start = int.Parse(query.GetValueOrDefault("startAt", "0"), CultureInfo.InvariantCulture);
        var size = Math.Min(MostOfAPage, int.Parse(query.GetValueOrDefault("maxResults", "50"), CultureInfo.InvariantCulture));
        return Outcome.Ok(new JsonObject
        {
            ["startAt"] = start,
            ["maxResults"] = size,
            ["total"] = all.Count(),
            ["comments"] = new JsonArray([.. all.Skip(start).Take(size).Select(comment => Write(comment, withProperties: false))]),
        });
    }

    public Outcome ListComments(JsonObject body, string? expand)
    {
        IssueApi.Members(body, ["ids"], List);
        var ids = (body["ids"] as JsonArray ?? []).Select(id => id is JsonValue value && value.TryGetValue<long>(out var number) ? $"{number}" : throw RuleException.Of("ids", List, "Ids are numbers")).ToList();
        if (ids.Count is 0 or > 1000)
        {
            throw RuleException.Of("ids", List, "1 to 1,000 ids");
        }

        var found = state.Issues.SelectMany(issue => issue.Comments).Where(comment => ids.Contains(comment.Id)).ToList();
        return Outcome.Ok(new JsonObject
        {
            ["isLast"] = true,
            ["startAt"] = 0,
            ["maxResults"] = 1_048_576,
            ["total"] = found.Count,
            ["values"] = new JsonArray([.. found.Select(comment => Write(comment, expand == "properties"))]),
        });
    }

    private JsonObject Write(CommentState comment, bool withProperties)
    {
        var at = comment.Created.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
        var written = new JsonObject
        {
            ["self"] = $"{address()}/rest/api/3/comment/{comment.Id}",
            ["id"] = comment.Id,
            ["body"] = comment.Body.DeepClone(),
            ["created"] = at,
            ["updated"] = at,
        };
        if (withProperties)
        {
            written["properties"] = new JsonArray([.. comment.Properties.Select(property => new JsonObject { ["key"] = property.Key, ["value"] = property.Value.DeepClone() })]);
        }

        return written;
    }
}
