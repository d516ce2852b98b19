using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>Projects, create metadata and people who can be assigned.</summary>
internal sealed class MetadataApi(JiraState state, JiraEdition edition, Func<string> address)
{
    /// <summary>Fewer may be returned than were asked for.</summary>
    public int MostOfAPage { get; set; } = 50;

    public Outcome GetProject(string key) => Find(key) is { } project
        ? Outcome.Ok(new JsonObject { ["self"] = $"{address()}/rest/api/3/project/{project.Id}", ["id"] = project.Id, ["key"] = project.Key, ["name"] = project.Name })
        : NoProject(key);

    public Outcome GetTypes(string key, IReadOnlyDictionary<string, string> query) => Find(key) is { } project
        ? Page(query, project.Types, edition == JiraEdition.Cloud ? "issueTypes" : "values", type => new JsonObject
        {
            ["self"] = $"{address()}/rest/api/3/issuetype/{type.Id}",
            ["id"] = type.Id,
            ["name"] = type.Name,
            ["description"] = "",
            ["subtask"] = type.IsSubtask,
        })
        : NoProject(key);

    public Outcome GetFields(string key, string typeId, IReadOnlyDictionary<string, string> query) => Find(key)?.Types.Find(type => type.Id == typeId) is { } type
        ? Page(query, Shown(type), edition == JiraEdition.Cloud ? "fields" : "values", field => field.Write(address()))
        : NoProject(key);

    public Outcome FindAssignable(IReadOnlyDictionary<string, string> query)
    {
        if (!query.ContainsKey("project") && !query.ContainsKey("issueKey"))
        {
            return Outcome.Error(400, "Project or issue is required.");
        }

        var words = query.GetValueOrDefault(edition == JiraEdition.Cloud ? "query" : "username")
            ?? throw RuleException.Of("assignable-query", edition == JiraEdition.Cloud ? "GET /rest/api/3/user/assignable/search" : "§2.8", "Nobody is asked for");
        var found = state.Users.Where(user => user.IsActive && (Begins(user.DisplayName, words) || Begins(user.Email, words) || (edition == JiraEdition.DataCenter && Begins(user.Name, words))));
        return Outcome.Ok(new JsonArray([.. found.Select(Write)]));
    }

    /// <summary>Jira lists the project and the type among the fields of a screen.</summary>
    private static IReadOnlyList<JiraField> Shown(TypeState type) =>
        [new JiraField("project", "Project", "project", IsRequired: true), new JiraField("issuetype", "Issue Type", "issuetype", IsRequired: true), .. type.Fields];

    private JsonObject Write(UserState user) => edition == JiraEdition.Cloud
        ? new JsonObject { ["self"] = $"{address()}/rest/api/3/user?accountId={user.AccountId}", ["accountId"] = user.AccountId, ["accountType"] = "atlassian", ["active"] = true, ["displayName"] = user.DisplayName, ["emailAddress"] = user.Email }
        : new JsonObject { ["name"] = user.Name, ["key"] = user.Name, ["active"] = true, ["displayName"] = user.DisplayName, ["emailAddress"] = user.Email };

    private Outcome Page<T>(IReadOnlyDictionary<string, string> query, IReadOnlyList<T> all, string name, Func<T, JsonObject> write)
    {
        var start = int.Parse(query.GetValueOrDefault("startAt", "0"), CultureInfo.InvariantCulture);
        var size = Math.Min(MostOfAPage, int.Parse(query.GetValueOrDefault("maxResults", "50"), CultureInfo.InvariantCulture));
        return Outcome.Ok(new JsonObject
        {
            ["startAt"] = start,
            ["maxResults"] = size,
            ["total"] = all.Count,
            [name] = new JsonArray([.. all.Skip(start).Take(size).Select(write)]),
        });
    }

    private ProjectState? Find(string key) => state.Project(key);

    private static Outcome NoProject(string key) => Outcome.Error(404, $"No project could be found with key '{key}'.");

    private static bool Begins(string name, string words) => name.Split(' ').Append(name).Any(part => part.StartsWith(words, StringComparison.OrdinalIgnoreCase));
}
