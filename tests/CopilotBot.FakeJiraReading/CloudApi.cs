using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>What only Cloud has (facts §2.1, §2.5).</summary>
internal sealed class CloudApi(JiraReadingSite site, JiraState state, Evaluator evaluator, PeopleShapes people, IssueShapes issues, SearchIndex index)
{
    private const int Bulk = 100;

    private readonly Dictionary<string, (string Query, int Start)> _tokens = [];

    public Outcome? Answer(CallSeen call, string[] parts) => (call.Method, parts) switch
    {
        ("GET", ["project", "search"]) => Projects(call),
        ("POST", ["search", "jql"]) => Search(call),
        ("POST", ["issue", "bulkfetch"]) => Fetch(call),
        ("GET", ["attachment", "content", var id]) => Attachment(call, id),
        ("GET", ["users", "search"]) => Users(call),
        ("POST", ["permissions", "check"]) => Check(call),
        _ => null,
    };

    private Outcome Projects(CallSeen call)
    {
        var arguments = new Arguments(call, "startAt", "maxResults", "orderBy", "id", "keys", "query", "typeKey", "status", "expand");
        arguments.OneOf("status", "live", "live", "archived", "deleted");
        var keys = arguments.Many("keys");
        var found = state.Projects.Values.Where(project => keys.Count == 0 || keys.Contains(project.Key)).ToList();
        return Outcome.Ok(Listing.Page(arguments, found, project => Project(project, arguments.One("expand") == "lead"), 50, Math.Min(100, site.LongestPage)));
    }

    private JsonObject Project(ProjectState project, bool withLead)
    {
        var shape = new JsonObject { ["id"] = project.Id, ["key"] = project.Key, ["name"] = $"Project {project.Key}", ["projectTypeKey"] = project.Type };
        if (withLead)
        {
            shape["lead"] = people.UserOrNone(project.Lead);
        }

        return shape;
    }

    /// <summary>Pages by a token that belongs to its query; no total (facts §2.1).</summary>
    private Outcome Search(CallSeen call)
    {
        var body = Arguments.Body(call, "jql", "maxResults", "fields", "nextPageToken", "expand", "properties", "fieldsByKeys", "failFast", "reconcileIssues");
        var query = (string?)body["jql"] ?? "";
        var found = index.Find(Jql.Parse(query));
        var start = 0;
        if ((string?)body["nextPageToken"] is { } token)
        {
            start = _tokens.TryGetValue(token, out var known) && known.Query == query ? known.Start : throw RuleException.Of("token", "§2.1", "The token of the next page belongs to another query");
        }

        var fields = Texts(body["fields"]);
        var most = fields.Except(["id", "key"]).Any() ? 100 : 5_000;
        var size = Math.Min(Math.Min(most, site.LongestPage), (int?)body["maxResults"] ?? 50);
        var page = found.Skip(start).Take(size).ToList();
        var answer = new JsonObject { ["issues"] = Listing.ArrayOf(page, issue => issues.Issue(issue, fields)), ["isLast"] = start + page.Count >= found.Count };
        if (start + page.Count < found.Count)
        {
            var next = $"token-{_tokens.Count + 1}";
            _tokens[next] = (query, start + page.Count);
            answer["nextPageToken"] = next;
        }

        return Outcome.Ok(answer);
    }

    private Outcome Fetch(CallSeen call)
    {
        var body = Arguments.Body(call, "issueIdsOrKeys", "fields", "expand", "properties", "fieldsByKeys");
        var (ids, fields) = (Texts(body["issueIdsOrKeys"]), Texts(body["fields"]));
        if (ids.Count is 0 or > Bulk)
        {
            throw RuleException.Of("bulk", "§2.1", $"A bulk fetch takes 1 to {Bulk} issues, not {ids.Count}");
        }

        // What is not there is left out without a word; errors are of issues that are there.
        var found = ids.Distinct().Select(state.FindIssue).OfType<IssueState>().OrderBy(issue => issue.Id).ToLookup(issue => site.FailingIssues.Contains($"{issue.Id}"));
        return Outcome.Ok(new JsonObject
        {
            ["issues"] = Listing.ArrayOf(found[false], issue => issues.Issue(issue, fields)),
            ["issueErrors"] = Listing.ArrayOf(found[true], issue => new JsonObject { ["id"] = $"{issue.Id}", ["errorMessage"] = "The issue could not be read." }),
        });
    }

    /// <summary>Elsewhere, unless the caller refuses to be led on (facts §2.4).</summary>
    private Outcome Attachment(CallSeen call, string id) =>
        state.Issues.Values.SelectMany(issue => issue.Files).FirstOrDefault(file => file.Id == id) is not { } found ? Outcome.NotFound
        : new Arguments(call, "redirect").OneOf("redirect", "true", "true", "false") == "false" ? new Outcome(200, Bytes: found.Bytes)
        : new Outcome(303, Redirect: $"{site.Address}/secure/attachment/{found.Id}/{Uri.EscapeDataString(found.Name)}");

    /// <summary>Everybody: the inactive, apps and customers too (facts §2.5).</summary>
    private Outcome Users(CallSeen call)
    {
        var arguments = new Arguments(call, "startAt", "maxResults");
        var size = Math.Min(Math.Min(1_000, site.LongestPage), arguments.Number("maxResults", 50));
        return Outcome.Ok(Listing.ArrayOf(state.Users.Keys.Skip(arguments.Number("startAt", 0)).Take(size), people.User));
    }

    private Outcome Check(CallSeen call)
    {
        var body = Arguments.Body(call, "accountId", "globalPermissions", "projectPermissions");
        var account = (string?)body["accountId"] ?? "crawler";
        var answer = new JsonArray();
        foreach (var asked in body["projectPermissions"]?.AsArray() ?? [])
        {
            var ids = asked?["issues"]?.AsArray().Select(id => (long?)id ?? 0).ToList() ?? [];
            if (ids.Count > 1_000)
            {
                throw RuleException.Of("permission-check", "§2.5", $"A check takes 1,000 issues at the most, not {ids.Count}");
            }

            var may = ids.Where(id => state.FindIssue(id.ToString(CultureInfo.InvariantCulture)) is { } issue && (account == "crawler" || evaluator.CanView(account, issue)));
            answer.Add(new JsonObject { ["permission"] = "BROWSE_PROJECTS", ["issues"] = Listing.ArrayOf(may, id => id), ["projects"] = new JsonArray() });
        }

        return Outcome.Ok(new JsonObject { ["globalPermissions"] = new JsonArray(), ["projectPermissions"] = answer });
    }

    private static List<string> Texts(JsonNode? array) => [.. array?.AsArray().Select(text => (string?)text ?? "") ?? []];
}
