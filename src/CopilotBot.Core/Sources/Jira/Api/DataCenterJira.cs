using System.Runtime.CompilerServices;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Jira.Api;

/// <summary>Jira Data Center, REST v2: offsets within a rising time of change, wiki markup, users by key and groups by name (facts/sources.md §2.8).</summary>
internal sealed class DataCenterJira(SourceHttp http) : IJiraApi
{
    private const string Root = "/rest/api/2";

    private const int IssuesPerSearch = 1_000;

    private readonly JiraCalls _calls = new(http, Root);

    public Task<JiraPerson> GetAccountAsync(CancellationToken cancellationToken) => _calls.GetAccountAsync(false, cancellationToken);

    public async Task<IReadOnlyList<ProjectRef>> GetProjectsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var projects = await http.GetAsync($"{Root}/project?expand=lead", cancellationToken);
        return [.. projects.Items().Select(CloudJira.Parse).Where(project => keys.Count == 0 || keys.Contains(project.Key))];
    }

    /// <summary>Rows move to the end of the order when they change, so a walk by offset alone would lose others: each page starts at the last time seen.</summary>
    public async IAsyncEnumerable<IssueRef> SearchAsync(IReadOnlyList<ProjectRef> projects, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<IssueRef>();
        var (from, start) = (since, 0);
        for (var pages = 1; ; pages++)
        {
            JiraPaging.ThrowIfEndless(pages);
            var page = await http.GetAsync($"{Root}/search?jql={Uri.EscapeDataString(CloudJira.JqlOf(projects, from))}&startAt={start}&maxResults={IssuesPerSearch}&fields=updated,project", cancellationToken);
            var issues = page.Items("issues").Select(CloudJira.RefOf).ToList();
            foreach (var issue in issues.Where(seen.Add))
            {
                yield return issue;
            }

            if (issues.Count == 0 || (int.TryParse(page.Text("total"), out var total) && start + issues.Count >= total))
            {
                yield break;
            }

            (from, start) = issues[^1].Updated is var last && (from is null || last > from) ? (last, 0) : (from, start + issues.Count);
        }
    }

    public async Task<IReadOnlyList<JiraIssue>> GetIssuesAsync(IssueRequest request, CancellationToken cancellationToken)
    {
        var fields = string.Join(',', JiraCalls.FieldsOf(request));
        var found = new List<JiraIssue>();
        if (request.Ids.Count > 1)
        {
            // An id that does not exist would be an error without validateQuery=false.
            var jql = Uri.EscapeDataString($"id in ({string.Join(',', request.Ids)})");
            var page = await http.GetAsync($"{Root}/search?jql={jql}&startAt=0&maxResults={request.Ids.Count}&validateQuery=false&fields={fields}", cancellationToken);
            found.AddRange(page.Items("issues").Select(issue => JiraIssue.Parse(issue, isWiki: true)));
        }

        // The search shows what its index knows; what it misses is asked for itself before it counts as gone.
        foreach (var id in request.Ids.Except(found.Select(issue => issue.Id)))
        {
            if (await FindAsync(id, fields, cancellationToken) is { } issue)
            {
                found.Add(issue);
            }
        }

        return found;
    }

    public Task<IReadOnlyList<JiraComment>> GetCommentsAsync(string issueId, CancellationToken cancellationToken) => _calls.GetCommentsAsync(issueId, true, cancellationToken);

    public Task<PublicParts> GetPublicPartsAsync(string issueId, CancellationToken cancellationToken) => _calls.GetPublicPartsAsync(issueId, cancellationToken);

    public Task<byte[]> DownloadAsync(JiraAttachment attachment, long maximumBytes, CancellationToken cancellationToken) => http.DownloadAsync(attachment.Content, maximumBytes, cancellationToken);

    public Task<IReadOnlyList<Holder>> GetBrowsersAsync(ProjectRef project, CancellationToken cancellationToken) => _calls.GetBrowsersAsync(project, cancellationToken);

    public Task<IReadOnlyDictionary<string, string>> GetRolesAsync(ProjectRef project, CancellationToken cancellationToken) => _calls.GetRolesAsync(project, cancellationToken);

    public Task<RoleActors> GetActorsAsync(ProjectRef project, string roleId, CancellationToken cancellationToken) => _calls.GetActorsAsync(project, roleId, cancellationToken);

    public Task<IReadOnlyList<Holder>> GetLevelMembersAsync(string levelId, CancellationToken cancellationToken) => _calls.GetLevelMembersAsync(levelId, cancellationToken);

    public Task<IReadOnlyList<string>> GetApplicationGroupsAsync(string role, CancellationToken cancellationToken) => _calls.GetApplicationGroupsAsync(role, cancellationToken);

    public async Task<IReadOnlyList<JiraPerson>> GetPeopleAsync(CancellationToken cancellationToken)
    {
        var people = new List<JiraPerson>();
        await foreach (var user in http.ListAsync($"{Root}/user/search?username=.&includeInactive=false", "", 1_000, cancellationToken))
        {
            if (JiraCalls.IsActive(user))
            {
                people.Add(new JiraPerson(JiraIssue.UserOf(user), user.Text("displayName"), user.Text("emailAddress") is { Length: > 0 } email ? email : null, [user.Text("name")]));
            }
        }

        return people;
    }

    public Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken) => _calls.GetMembersAsync("groupname", group, cancellationToken);

    /// <summary>There is no such call.</summary>
    public Task<IReadOnlySet<string>?> FilterBrowsableAsync(string accountId, IReadOnlyList<string> issueIds, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<string>?>(null);

    private async Task<JiraIssue?> FindAsync(string id, string fields, CancellationToken cancellationToken)
    {
        try
        {
            return JiraIssue.Parse(await http.GetAsync($"{Root}/issue/{id}?fields={fields}", cancellationToken), isWiki: true);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            return null;
        }
    }
}
