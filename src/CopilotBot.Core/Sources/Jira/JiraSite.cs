using System.Text.Json;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Jira.Api;

namespace CopilotBot.Sources.Jira;

/// <summary>
/// Issues with their readers, from payloads of Jira Cloud REST v3. A reader must be able to browse the project, pass the issue's security level, and for a
/// restricted or internal comment also its visibility; such a comment is a document of its own and stands nowhere else.
/// </summary>
internal sealed class JiraSite(SourceName source, string baseUrl)
{
    private readonly Dictionary<string, JsonElement> _projects = new(StringComparer.Ordinal);

    private readonly Dictionary<LayerId, AccessLayer> _layers = [];

    public IEnumerable<AccessLayer> Layers => _layers.Values;

    public void AddProject(JsonElement project) => _projects[project.Text("id")] = project;

    /// <summary>The issue, then its comments that not every reader of the issue may see.</summary>
    /// <param name="layers">Layers to use instead of the project's, for issues that come without a project.</param>
    public IReadOnlyList<Document> ToDocuments(JsonElement json, IReadOnlyList<LayerId>? layers = null)
    {
        var issue = JiraIssue.Parse(json, isWiki: false);
        var id = DocumentId.Create(source, "issue", issue.Id);
        var url = baseUrl.Length > 0 ? $"{baseUrl.TrimEnd('/')}/browse/{issue.Key}" : "";
        var readers = layers ?? IssueLayers(json);
        var project = _projects.GetValueOrDefault(issue.ProjectId);
        var isServiceProject = project.Text("projectTypeKey") == "service_desk";
        var byReach = issue.Comments.ToLookup(comment => IssueText.IsNarrow(comment, isServiceProject));
        return
        [
            IssueText.ToDocument(issue, id, url, readers, [.. byReach[false]], hasMore: false),
            .. byReach[true].Select(comment => IssueText.ToDocument(issue, comment, id, url, [.. readers, .. CommentLayers(comment, isServiceProject).Select(visibility => CommentLayer(visibility, project))])),
        ];
    }

    private List<LayerId> IssueLayers(JsonElement issue)
    {
        var fields = issue.Get("fields");
        var projectId = fields.Text("project", "id");
        if (!_projects.TryGetValue(projectId, out var project))
        {
            return [new LayerId($"{source}:unknown-project:{projectId}")];
        }

        var browse = project.Items("permissions").Where(permission => permission.Text("permission") == "BROWSE_PROJECTS").Select(permission => permission.Get("holder")).ToList();
        var layers = new List<LayerId> { Layer("project", projectId, browse, project, issue) };
        if (fields.Text("security", "id") is { Length: > 0 } levelId)
        {
            // An unknown level has no members: nobody passes.
            var level = project.Items("securityLevels").FirstOrDefault(level => level.Text("id") == levelId);
            layers.Add(Layer("level", levelId, [.. level.Items("members")], project, issue));
        }

        return layers;
    }

    /// <summary>A layer with the holders' principals; where holders depend on the issue (reporter, assignee), the layer is the issue's own.</summary>
    private LayerId Layer(string kind, string id, IReadOnlyList<JsonElement> holders, JsonElement project, JsonElement issue)
    {
        var isPerIssue = holders.Any(holder => holder.Text("type") is "reporter" or "assignee");
        var layer = new LayerId(isPerIssue ? $"{source}:{kind}:{id}+issue:{issue.Text("id")}" : $"{source}:{kind}:{id}");
        _layers[layer] = new AccessLayer(layer, [.. holders.SelectMany(holder => Principals(holder, project, issue)).Distinct()]);
        return layer;
    }

    /// <summary>Null stands for the agents; an internal note may have a visibility too, and then both hold.</summary>
    private static IEnumerable<CommentVisibility?> CommentLayers(JiraComment comment, bool isServiceProject)
    {
        if (comment.Visibility is { } visibility)
        {
            yield return visibility;
        }

        if (IssueText.IsInternal(comment, isServiceProject))
        {
            yield return null;
        }
    }

    private LayerId CommentLayer(CommentVisibility? reach, JsonElement project)
    {
        // An internal note is for the agents: the project's service desk role.
        var (visibility, identifier) = (reach?.Type ?? "", reach?.Identifier ?? "");
        var role = reach is null
            ? project.Items("roles").FirstOrDefault(role => role.Text("name") == "Service Desk Team")
            : project.Items("roles").FirstOrDefault(role => role.Text("id") == identifier || role.Text("name") == identifier);
        var layer = new LayerId($"{source}:comment:{project.Text("id")}:{(reach is null ? "internal" : $"{visibility}:{identifier}")}");
        IReadOnlyList<Principal> readers = visibility == "group" ? [Principal.Group(source, identifier)] : [.. Actors(role)];
        _layers[layer] = new AccessLayer(layer, readers);
        return layer;
    }

    private IEnumerable<Principal> Principals(JsonElement holder, JsonElement project, JsonElement issue) => holder.Text("type") switch
    {
        "anyone" => [Principal.Anyone],
        "applicationRole" => [Principal.Licensed],
        "group" => [Principal.Group(source, holder.Text("value"))],
        "user" => [Principal.User(source, holder.Text("value"))],
        "projectRole" => Actors(project.Items("roles").FirstOrDefault(role => role.Text("id") == holder.Text("value"))),
        "projectLead" when project.Text("lead", "accountId").Length > 0 => [Principal.User(source, project.Text("lead", "accountId"))],
        "reporter" or "assignee" when issue.Text("fields", holder.Text("type"), "accountId") is { Length: > 0 } account => [Principal.User(source, account)],
        _ => [],
    };

    private IEnumerable<Principal> Actors(JsonElement role) => role.Items("actors").SelectMany<JsonElement, Principal>(actor =>
        actor.Text("actorGroup", "groupId") is { Length: > 0 } group ? [Principal.Group(source, group)]
        : actor.Text("actorUser", "accountId") is { Length: > 0 } user ? [Principal.User(source, user)] : []);
}
