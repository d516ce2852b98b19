using System.Globalization;
using System.Text.Json;
using CopilotBot.Knowledge;

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
    public IReadOnlyList<Document> ToDocuments(JsonElement issue, IReadOnlyList<LayerId>? layers = null)
    {
        var fields = issue.Get("fields");
        var id = DocumentId.Create(source, "issue", issue.Text("id"));
        var key = issue.Text("key");
        var title = $"{key} {fields.Text("summary")}".Trim();
        var url = baseUrl.Length > 0 ? $"{baseUrl.TrimEnd('/')}/browse/{key}" : "";
        var readers = layers ?? IssueLayers(issue);
        var project = _projects.GetValueOrDefault(fields.Text("project", "id"));
        var isServiceDesk = project.Text("projectTypeKey") == "service_desk";
        var comments = (fields.Get("comment").ValueKind == JsonValueKind.Array ? fields.Items("comment") : fields.Items("comment", "comments")).ToList();
        var open = comments.Where(comment => !IsNarrow(comment, isServiceDesk)).ToList();
        var documents = new List<Document>
        {
            new()
            {
                Id = id,
                Kind = DocumentKind.Ticket,
                Title = title,
                Key = key,
                Body = Body(fields, open),
                Url = url,
                Updated = fields.Time("updated"),
                Version = fields.Text("updated"),
                Layers = readers,
                Labels = [.. fields.Items("labels").Select(label => label.GetString() ?? "")],
            },
        };
        foreach (var comment in comments.Except(open))
        {
            var body = new StructuredTextBuilder();
            AdfConverter.Write(body, comment.Get("body"));
            documents.Add(new Document
            {
                Id = id.Part("comment", comment.Text("id")),
                Kind = DocumentKind.Comment,
                Title = $"{title}: comment by {comment.Text("author", "displayName")}",
                Key = key,
                Body = body.Build(),
                Url = url.Length == 0 ? "" : $"{url}?focusedCommentId={comment.Text("id")}",
                Updated = comment.Time("updated"),
                Version = comment.Text("updated"),
                Layers = [.. readers, CommentLayer(comment, project)],
            });
        }

        return documents;
    }

    private static bool IsNarrow(JsonElement comment, bool isServiceDesk) =>
        comment.Get("visibility").ValueKind == JsonValueKind.Object || (isServiceDesk && comment.Get("jsdPublic").ValueKind == JsonValueKind.False);

    private static StructuredText Body(JsonElement fields, List<JsonElement> comments)
    {
        var body = new StructuredTextBuilder();
        AdfConverter.Write(body, fields.Get("description"));
        AdfConverter.Write(body, fields.Get("environment"));
        if (comments.Count > 0)
        {
            body.Heading(1, new InlineText("Comments"), "comments");
        }

        foreach (var comment in comments)
        {
            var day = comment.Time("created").ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            body.Heading(2, new InlineText($"Comment by {comment.Text("author", "displayName")} on {day}"), $"comment-{comment.Text("id")}");
            AdfConverter.Write(body, comment.Get("body"));
        }

        body.Heading(1, new InlineText("Details"), "details");
        List<(string Name, string Value)> details =
        [
            ("Type", fields.Text("issuetype", "name")), ("Status", fields.Text("status", "name")), ("Resolution", fields.Text("resolution", "name")),
            ("Priority", fields.Text("priority", "name")), ("Assignee", fields.Text("assignee", "displayName")), ("Reporter", fields.Text("reporter", "displayName")),
            ("Components", string.Join(", ", fields.Items("components").Select(component => component.Text("name")))),
        ];

        // One line: as a sentence each they would stand among those of people.
        body.Paragraph(new InlineText(string.Join("; ", details.Where(detail => detail.Value.Length > 0).Select(detail => $"{detail.Name}: {detail.Value}"))));
        return body.Build();
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

    private LayerId CommentLayer(JsonElement comment, JsonElement project)
    {
        var visibility = comment.Get("visibility");
        var identifier = visibility.Text("identifier") is { Length: > 0 } stable ? stable : visibility.Text("value");

        // An internal note without a named role is for the agents: the project's service desk role.
        var isInternal = visibility.ValueKind != JsonValueKind.Object;
        var role = isInternal
            ? project.Items("roles").FirstOrDefault(role => role.Text("name") == "Service Desk Team")
            : project.Items("roles").FirstOrDefault(role => role.Text("id") == identifier || role.Text("name") == identifier);
        var layer = new LayerId($"{source}:comment:{project.Text("id")}:{(isInternal ? "internal" : $"{visibility.Text("type")}:{identifier}")}");
        IReadOnlyList<Principal> readers = visibility.Text("type") == "group" ? [Principal.Group(source, identifier)] : [.. Actors(role)];
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
