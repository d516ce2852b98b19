using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>What the site holds. Under the site's lock.</summary>
internal sealed class JiraState
{
    private int _lastId = 10_000;

    public List<ProjectState> Projects { get; } = [];

    public List<IssueState> Issues { get; } = [];

    public List<UserState> Users { get; } = [];

    public string NextId() => (++_lastId).ToString(CultureInfo.InvariantCulture);

    public ProjectState? Project(string idOrKey) => Projects.Find(project => project.Key == idOrKey || project.Id == idOrKey);

    public IssueState? Issue(string idOrKey) => Issues.Find(issue => issue.Key == idOrKey || issue.Id == idOrKey);

    public IssueState Add(ProjectState project, string typeId, JsonObject fields, DateTimeOffset now)
    {
        var issue = new IssueState(NextId(), $"{project.Key}-{++project.LastNumber}", project, typeId, fields, now);
        Issues.Add(issue);
        return issue;
    }
}

internal sealed class ProjectState(string id, string key, string name)
{
    public string Id { get; } = id;

    public string Key { get; } = key;

    public string Name { get; } = name;

    public int LastNumber { get; set; }

    public List<TypeState> Types { get; } = [];
}

internal sealed record TypeState(string Id, string Name, bool IsSubtask, IReadOnlyList<JiraField> Fields);

internal sealed record UserState(string AccountId, string Name, string DisplayName, string Email, bool IsActive);

internal sealed class IssueState(string id, string key, ProjectState project, string typeId, JsonObject fields, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Key { get; } = key;

    public ProjectState Project { get; } = project;

    public DateTimeOffset Created { get; } = created;

    public string TypeId { get; } = typeId;

    public JsonObject Fields { get; } = fields;

    /// <summary>Whether the account of the bot made it.</summary>
    public bool IsByBot { get; set; }

    public string Status { get; set; } = "To Do";

    public Dictionary<string, JsonNode> Properties { get; } = [];

    public List<string> LinkedKeys { get; } = [];

    public List<CommentState> Comments { get; } = [];

    public IEnumerable<string> Labels => (Fields["labels"] as JsonArray ?? []).Select(label => (string)label!); // checked when it came

    public ShownIssue Shown() => new(
        Id, Key, TypeId, Status, Created, JsonSerializer.SerializeToElement(Fields), [.. Labels], Written(Properties), [.. LinkedKeys], [.. Comments.Select(comment => comment.Shown())]);

    internal static Dictionary<string, string> Written(Dictionary<string, JsonNode> properties) => properties.ToDictionary(property => property.Key, property => property.Value.ToJsonString());
}

internal sealed class CommentState(string id, JsonNode body, DateTimeOffset created)
{
    public string Id { get; } = id;

    public JsonNode Body { get; } = body;

    public DateTimeOffset Created { get; } = created;

    public Dictionary<string, JsonNode> Properties { get; } = [];

    public ShownComment Shown() => new(Id, JsonSerializer.SerializeToElement(Body), IssueState.Written(Properties));
}
