using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Jira.Api;

/// <summary>Jira Cloud, REST v3: search by token for ids, then issues in bulk (facts/sources.md §2.1).</summary>
internal sealed class CloudJira(SourceHttp http) : IJiraApi
{
    private const string Root = "/rest/api/3";

    private const int IdsPerSearch = 5_000;

    private const int IdsPerCheck = 1_000;

    private readonly JiraCalls _calls = new(http, Root);

    public Task<JiraPerson> GetAccountAsync(CancellationToken cancellationToken) => _calls.GetAccountAsync(true, cancellationToken);

    public async Task<IReadOnlyList<ProjectRef>> GetProjectsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var projects = new List<ProjectRef>();
        foreach (var some in keys.Count == 0 ? [[]] : keys.Chunk(50))
        {
            var wanted = string.Concat(some.Select(key => $"&keys={Uri.EscapeDataString(key)}"));
            await foreach (var project in http.ListAsync($"{Root}/project/search?status=live&expand=lead{wanted}", "values", 50, cancellationToken))
            {
                projects.Add(Parse(project));
            }
        }

        return projects;
    }

    public async IAsyncEnumerable<IssueRef> SearchAsync(IReadOnlyList<ProjectRef> projects, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var token = ""; ;)
        {
            var body = new JsonObject { ["jql"] = JqlOf(projects, since), ["maxResults"] = IdsPerSearch, ["fields"] = new JsonArray("updated", "project") };
            if (token.Length > 0)
            {
                body["nextPageToken"] = token;
            }

            var page = await http.PostAsync($"{Root}/search/jql", body, cancellationToken);
            foreach (var issue in page.Items("issues"))
            {
                yield return RefOf(issue);
            }

            // The token says whether there is more; an empty page with one is legal, isLast is not to be relied on.
            token = page.Text("nextPageToken");
            if (token.Length == 0)
            {
                yield break;
            }

            if (!seen.Add(token))
            {
                throw new SourceException("A search of the site names the same next page twice, so it was broken off: it is tried again by itself.");
            }

            JiraPaging.ThrowIfEndless(seen.Count);
        }
    }

    public async Task<IReadOnlyList<JiraIssue>> GetIssuesAsync(IssueRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["issueIdsOrKeys"] = new JsonArray([.. request.Ids.Select(id => (JsonNode)id)]),
            ["fields"] = new JsonArray([.. JiraCalls.FieldsOf(request).Select(field => (JsonNode)field)]),
        };
        var answer = await http.PostAsync($"{Root}/issue/bulkfetch", body, cancellationToken);

        // Errors are of issues that are there and cannot be given for the moment; those that are not there are only left out.
        if (answer.Items("issueErrors").Any())
        {
            throw new SourceHttpException(SourceFault.Unavailable, "The site cannot give an issue for the moment.");
        }

        return [.. answer.Items("issues").Select(issue => JiraIssue.Parse(issue, isWiki: false))];
    }

    public Task<IReadOnlyList<JiraComment>> GetCommentsAsync(string issueId, CancellationToken cancellationToken) => _calls.GetCommentsAsync(issueId, false, cancellationToken);

    public Task<PublicParts> GetPublicPartsAsync(string issueId, CancellationToken cancellationToken) => _calls.GetPublicPartsAsync(issueId, cancellationToken);

    public Task<byte[]> DownloadAsync(JiraAttachment attachment, long maximumBytes, CancellationToken cancellationToken) =>
        http.DownloadAsync($"{Root}/attachment/content/{attachment.Id}", maximumBytes, cancellationToken);

    public Task<IReadOnlyList<Holder>> GetBrowsersAsync(ProjectRef project, CancellationToken cancellationToken) => _calls.GetBrowsersAsync(project, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> GetRolesAsync(ProjectRef project, CancellationToken cancellationToken) => _calls.GetRolesAsync(project, cancellationToken);

    public Task<RoleActors> GetActorsAsync(ProjectRef project, string roleId, CancellationToken cancellationToken) => _calls.GetActorsAsync(project, roleId, cancellationToken);

    public Task<IReadOnlyList<Holder>> GetLevelMembersAsync(string levelId, CancellationToken cancellationToken) => _calls.GetLevelMembersAsync(levelId, cancellationToken);

    public Task<IReadOnlyList<string>> GetApplicationGroupsAsync(string role, CancellationToken cancellationToken) => _calls.GetApplicationGroupsAsync(role, cancellationToken);

    public async Task<IReadOnlyList<JiraPerson>> GetPeopleAsync(CancellationToken cancellationToken)
    {
        var people = new List<JiraPerson>();
        await foreach (var user in http.ListAsync($"{Root}/users/search", "", 1_000, cancellationToken))
        {
            if (JiraCalls.IsActive(user) && user.Text("accountType") == "atlassian")
            {
                people.Add(new JiraPerson(user.Text("accountId"), user.Text("displayName"), user.Text("emailAddress") is { Length: > 0 } email ? email : null, []));
            }
        }

        return people;
    }

    public Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken) => _calls.GetMembersAsync("groupId", group, cancellationToken);

    public async Task<IReadOnlySet<string>?> FilterBrowsableAsync(string accountId, IReadOnlyList<string> issueIds, CancellationToken cancellationToken)
    {
        var may = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in issueIds.Chunk(IdsPerCheck))
        {
            var issues = new JsonArray([.. some.Select(id => (JsonNode)long.Parse(id, CultureInfo.InvariantCulture))]);
            var asked = new JsonObject { ["issues"] = issues, ["permissions"] = new JsonArray("BROWSE_PROJECTS") };
            var answer = await http.PostAsync($"{Root}/permissions/check", new JsonObject { ["accountId"] = accountId, ["projectPermissions"] = new JsonArray(asked) }, cancellationToken);
            may.UnionWith(answer.Items("projectPermissions").Where(permission => permission.Text("permission") == "BROWSE_PROJECTS").SelectMany(permission => permission.Items("issues")).Select(id => id.Text()));
        }

        return may;
    }

    /// <summary>With a lower bound in epoch milliseconds, which no time zone changes, and without an upper one (facts/sources.md §2.2).</summary>
    public static string JqlOf(IReadOnlyList<ProjectRef> projects, DateTimeOffset? since)
    {
        var bound = since is { } moment ? string.Create(CultureInfo.InvariantCulture, $" AND updated >= {moment.ToUnixTimeMilliseconds()}") : "";
        return $"project in ({string.Join(',', projects.Select(project => project.Id))}){bound} ORDER BY updated ASC, id ASC";
    }

    public static IssueRef RefOf(JsonElement issue) => new(issue.Text("id"), issue.Text("fields", "project", "id"), issue.Time("fields", "updated"));

    public static ProjectRef Parse(JsonElement project) => new(
        project.Text("id"), project.Text("key"), project.Text("name"), project.Text("projectTypeKey") == "service_desk", JiraIssue.UserOf(project.Get("lead")));
}
