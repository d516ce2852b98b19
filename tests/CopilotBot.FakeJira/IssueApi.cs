using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>Issues: creation, reading, properties, statuses.</summary>
internal sealed class IssueApi(JiraState state, CreateRules rules, JiraEdition edition, TimeProvider time, Func<string> address)
{
    private const string Create = "POST /rest/api/3/issue";

    private const string Transitions = "POST /rest/api/3/issue/{issueIdOrKey}/transitions";

    private const int LargestProperty = 32_768;

    private static readonly string[] CreateMembers = ["fields", "update", "properties", "historyMetadata", "transition"];

    /// <summary>Name of the transition, and the status it leads to.</summary>
    private static readonly (string Id, string Name, string To)[] Workflow = [("11", "Reopen", "To Do"), ("21", "Start work", "In Progress"), ("31", "Resolve", "Done")];

    /// <summary>Errors by field that no metadata tell of, as a workflow's validator has them.</summary>
    public Dictionary<string, string> Validators { get; } = [];

    public Outcome CreateIssue(JsonObject body)
    {
        Members(body, CreateMembers, Create);
        var fields = body["fields"] as JsonObject ?? throw RuleException.Of("body", Create, "fields is missing");
        var project = state.Project(CreateRules.Text((fields["project"] as JsonObject)?["key"]) ?? "") ?? throw RuleException.OfField("project", Create, "project", "valid project is required");
        var type = project.Types.Find(type => type.Id == CreateRules.Text((fields["issuetype"] as JsonObject)?["id"])) ?? throw RuleException.OfField("issuetype", Create, "issuetype", "Specify a valid issue type");
        rules.Check(fields, type);
        var links = Links(body["update"] as JsonObject ?? [], type);
        var properties = PropertiesOf(body["properties"], Create);
        if (Validators.Where(validator => fields[validator.Key] is not null).ToDictionary() is { Count: > 0 } errors)
        {
            return Outcome.FieldErrors(errors);
        }

        var issue = state.Add(project, type.Id, fields.DeepClone().AsObject(), time.GetUtcNow());
        issue.IsByBot = true;
        issue.LinkedKeys.AddRange(links);
        foreach (var (key, value) in properties)
        {
            issue.Properties[key] = value;
        }

        return new Outcome(201, new JsonObject { ["id"] = issue.Id, ["key"] = issue.Key, ["self"] = SelfOf(issue) });
    }

    public Outcome Get(string key, string? fields)
    {
        var issue = Find(key);
        if (string.IsNullOrEmpty(fields))
        {
            throw RuleException.Of("fields", "§2.1", "Everything about an issue is asked for where one field would do");
        }

        return Outcome.Ok(Write(issue, fields.Split(','), []));
    }

    public Outcome GetProperty(string key, string property) => Find(key).Properties.TryGetValue(property, out var value)
        ? Outcome.Ok(new JsonObject { ["key"] = property, ["value"] = value.DeepClone() })
        : Outcome.Error(404, $"The property {property} was not found.");

    public Outcome GetTransitions(string key)
    {
        var issue = Find(key);
        return Outcome.Ok(new JsonObject
        {
            ["expand"] = "transitions",
            ["transitions"] = new JsonArray([.. Workflow.Where(transition => transition.To != issue.Status).Select(transition => new JsonObject
            {
                ["id"] = transition.Id, ["name"] = transition.Name, ["hasScreen"] = false, ["to"] = StatusOf(transition.To),
            })]),
        });
    }

    public Outcome Transition(string key, JsonObject body)
    {
        var issue = Find(key);
        Members(body, ["transition", "fields", "update", "historyMetadata", "properties"], Transitions);
        var id = CreateRules.Text((body["transition"] as JsonObject)?["id"]);
        var transition = Workflow.FirstOrDefault(transition => transition.Id == id);
        if (transition.To is null)
        {
            throw RuleException.Of("transition", Transitions, $"There is no transition with the id '{id}'");
        }

        // Somebody else may have moved it since the transitions were read: no rule is broken.
        if (transition.To == issue.Status)
        {
            return Outcome.Error(400, $"Transition id '{id}' is not valid for this issue.");
        }

        issue.Status = transition.To;
        return new Outcome(204);
    }

    /// <param name="properties">Keys of the properties that are asked for.</param>
    public JsonObject Write(IssueState issue, IReadOnlyList<string> fields, IReadOnlyList<string> properties)
    {
        var written = new JsonObject { ["id"] = issue.Id, ["key"] = issue.Key, ["self"] = SelfOf(issue), ["expand"] = "operations,changelog" };
        var values = new JsonObject();
        foreach (var field in fields)
        {
            if (field == "status")
            {
                values["status"] = StatusOf(issue.Status);
            }
            else if (issue.Fields[field] is { } value)
            {
                values[field] = value.DeepClone();
            }
        }

        written["fields"] = values;
        if (properties.Count > 0)
        {
            written["properties"] = new JsonObject([.. issue.Properties.Where(property => properties.Contains(property.Key)).Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value.DeepClone()))]);
        }

        return written;
    }

    public IssueState Find(string key) => state.Issue(key)
        ?? throw RuleException.Of("issue-unknown", "GET /rest/api/3/issue/{issueIdOrKey}", "Issue does not exist or you do not have permission to see it.", 404);

    /// <summary>Key and value of each entry of "properties", which both issues and comments take.</summary>
    public static Dictionary<string, JsonNode> PropertiesOf(JsonNode? node, string source)
    {
        var properties = new Dictionary<string, JsonNode>();
        foreach (var entry in node as JsonArray ?? [])
        {
            if (entry is not JsonObject { Count: 2 } property || CreateRules.Text(property["key"]) is not { Length: > 0 and <= 255 } key || property["value"] is not { } value || value.ToJsonString().Length > LargestProperty)
            {
                throw RuleException.Of("property", source, "An entity property has a key and a value of at most 32,768 characters");
            }

            properties[key] = value.DeepClone();
        }

        return properties;
    }

    public static void Members(JsonObject body, string[] known, string source)
    {
        if (body.FirstOrDefault(member => !known.Contains(member.Key)).Key is { } unknown)
        {
            throw RuleException.Of("member-unknown", source, $"Unrecognized field \"{unknown}\"");
        }
    }

    private List<string> Links(JsonObject update, TypeState type)
    {
        var keys = new List<string>();
        foreach (var (id, operations) in update)
        {
            if (id != "issuelinks" || type.Fields.All(field => field.Id != id))
            {
                throw RuleException.OfField("field-unknown", Create, id, $"Field '{id}' cannot be set. It is not on the appropriate screen, or unknown.");
            }

            foreach (var operation in operations as JsonArray ?? [])
            {
                var link = (operation as JsonObject)?["add"] as JsonObject;
                var key = CreateRules.Text((link?["outwardIssue"] as JsonObject)?["key"]);
                if (CreateRules.Text((link?["type"] as JsonObject)?["name"]) != "Relates" || key is null)
                {
                    throw RuleException.OfField("link", Create, id, "A link has a type and an issue");
                }

                keys.Add(state.Issue(key) is { } linked ? linked.Key : throw new RuleException(
                    new RuleViolation("link-unknown", Create, key), Outcome.FieldErrors(new Dictionary<string, string> { [id] = "The issue no longer exists." })));
            }
        }

        return keys;
    }

    private string SelfOf(IssueState issue) => $"{address()}/rest/api/{(edition == JiraEdition.Cloud ? 3 : 2)}/issue/{issue.Id}";

    private JsonObject StatusOf(string name) => new() { ["self"] = $"{address()}/rest/api/3/status/{name.Length}", ["id"] = $"{name.Length}", ["name"] = name, ["description"] = "" };
}
