using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>What only Data Center has (facts §2.8).</summary>
internal sealed class DataCenterApi(JiraReadingSite site, JiraState state, PeopleShapes people, IssueShapes issues, SearchIndex index)
{
    public Outcome? Answer(CallSeen call, string[] parts) => (call.Method, parts) switch
    {
        ("GET", ["project"]) => Projects(call),
        ("GET", ["search"]) => Search(call),
        ("GET", ["issue", var id]) => Issue(call, id),
        ("GET", ["user", "search"]) => Users(call),
        _ => null,
    };

    private Outcome Projects(CallSeen call)
    {
        var withLead = new Arguments(call, "expand", "recent", "includeArchived").One("expand") == "lead";
        return Outcome.Ok(Listing.ArrayOf(state.Projects.Values, project =>
        {
            var shape = new JsonObject { ["id"] = project.Id, ["key"] = project.Key, ["name"] = $"Project {project.Key}", ["projectTypeKey"] = project.Type };
            if (withLead)
            {
                shape["lead"] = people.UserOrNone(project.Lead);
            }

            return shape;
        }));
    }

    private Outcome Search(CallSeen call)
    {
        var arguments = new Arguments(call, "jql", "startAt", "maxResults", "fields", "validateQuery", "expand");
        var query = Jql.Parse(arguments.Needed("jql"));
        var fields = arguments.Needed("fields").Split(',');
        if (arguments.One("validateQuery") != "false" && query.Ids.FirstOrDefault(id => state.FindIssue(id) is null) is { } missing)
        {
            throw RuleException.Trouble(400, $"An issue with id '{missing}' does not exist for the field 'id'.");
        }

        return Outcome.Ok(Listing.Page(arguments, index.Find(query), issue => issues.Issue(issue, fields), 50, Math.Min(1_000, site.LongestPage), "issues"));
    }

    private Outcome Issue(CallSeen call, string id)
    {
        var fields = new Arguments(call, "fields", "expand", "properties", "updateHistory").Needed("fields").Split(',');
        return state.FindIssue(id) is { } issue ? Outcome.Ok(issues.Issue(issue, fields)) : Outcome.NotFound;
    }

    /// <summary>By a part of the name, where a dot finds everybody.</summary>
    private Outcome Users(CallSeen call)
    {
        var arguments = new Arguments(call, "username", "startAt", "maxResults", "includeActive", "includeInactive");
        var name = arguments.Needed("username");
        var withInactive = arguments.OneOf("includeInactive", "false", "true", "false") == "true";
        var size = Math.Min(Math.Min(1_000, site.LongestPage), arguments.Number("maxResults", 50));
        var found = state.Users.Values.Where(user => (user.IsActive || withInactive) && (name == "." || user.LoginName.Contains(name, StringComparison.OrdinalIgnoreCase)));
        return Outcome.Ok(Listing.ArrayOf(found.Skip(arguments.Number("startAt", 0)).Take(size), user => people.User(user.Id)));
    }
}
