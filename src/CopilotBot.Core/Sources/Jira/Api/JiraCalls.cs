using System.Text.Json;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Jira.Api;

/// <summary>The calls that both editions answer alike, below their own root.</summary>
/// <param name="root">"/rest/api/3" or "/rest/api/2".</param>
internal sealed class JiraCalls(SourceHttp http, string root)
{
    private const string Browse = "BROWSE_PROJECTS";

    private static readonly string[] Fields =
    [
        "summary", "description", "environment", "comment", "attachment", "labels", "issuetype", "status", "resolution", "resolutiondate", "priority", "assignee", "reporter", "components", "project",
        "security", "issuerestriction", "issuelinks", "updated",
    ];

    public static IReadOnlyList<string> FieldsOf(IssueRequest request) => [.. Fields, .. request.Fields];

    /// <summary>Fails where the site is of the other edition: its listings have other ends.</summary>
    public async Task<JiraPerson> GetAccountAsync(bool isCloud, CancellationToken cancellationToken)
    {
        var server = await http.GetAsync($"{root}/serverInfo", cancellationToken);
        if (server.Text("deploymentType") is { Length: > 0 } type && type == "Cloud" != isCloud)
        {
            throw new SourceException($"The site is of the type '{type}': set the edition of the source to {(isCloud ? nameof(SourceEdition.DataCenter) : nameof(SourceEdition.Cloud))}.");
        }

        var user = await http.GetAsync($"{root}/myself", cancellationToken);
        return new JiraPerson(JiraIssue.UserOf(user), user.Text("displayName") is { Length: > 0 } name ? name : JiraIssue.UserOf(user), null, []);
    }

    public async Task<IReadOnlyList<JiraComment>> GetCommentsAsync(string issueId, bool isWiki, CancellationToken cancellationToken)
    {
        var comments = new List<JiraComment>();
        await foreach (var comment in http.ListAsync($"{root}/issue/{issueId}/comment?orderBy=created", "comments", 100, cancellationToken))
        {
            comments.Add(JiraComment.Parse(comment, isWiki));
        }

        return comments;
    }

    public async Task<PublicParts> GetPublicPartsAsync(string issueId, CancellationToken cancellationToken)
    {
        var (ids, files) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var start = 0; ;)
        {
            JiraPaging.ThrowIfEndless(start);
            var page = await http.GetAsync($"/rest/servicedeskapi/request/{issueId}/comment?public=true&internal=false&expand=attachment&start={start}&limit=50", cancellationToken);
            var comments = page.Items("values").ToList();
            var open = comments.Where(comment => comment.Get("public").ValueKind == JsonValueKind.True).ToList();
            ids.UnionWith(open.Select(comment => comment.Text("id")));
            files.UnionWith(open.SelectMany(comment => comment.Items("attachments", "values")).Select(IdOf));
            start += comments.Count;
            if (comments.Count == 0 || page.Get("isLastPage").ValueKind == JsonValueKind.True)
            {
                return new PublicParts(ids, files);
            }
        }
    }

    public async Task<IReadOnlyList<Holder>> GetBrowsersAsync(ProjectRef project, CancellationToken cancellationToken)
    {
        var scheme = await http.GetAsync($"{root}/project/{project.Id}/permissionscheme?expand=all", cancellationToken);
        if (scheme.Get("permissions").ValueKind != JsonValueKind.Array)
        {
            scheme = await http.GetAsync($"{root}/permissionscheme/{scheme.Text("id")}/permission?expand=all", cancellationToken);
        }

        return [.. scheme.Items("permissions").Where(permission => permission.Text("permission") == Browse).Select(permission => HolderOf(permission.Get("holder")))];
    }

    public async Task<IReadOnlyDictionary<string, string>> GetRolesAsync(ProjectRef project, CancellationToken cancellationToken)
    {
        var roles = await http.GetAsync($"{root}/project/{project.Id}/role", cancellationToken);
        return roles.ValueKind != JsonValueKind.Object ? new Dictionary<string, string>()
            : roles.EnumerateObject().ToDictionary(role => role.Name, role => (role.Value.GetString() ?? "").Split('?')[0].TrimEnd('/').Split('/')[^1], StringComparer.Ordinal);
    }

    public async Task<RoleActors> GetActorsAsync(ProjectRef project, string roleId, CancellationToken cancellationToken)
    {
        var role = await http.GetAsync($"{root}/project/{project.Id}/role/{Uri.EscapeDataString(roleId)}", cancellationToken);
        var actors = role.Items("actors").ToList();
        return new RoleActors(
            [.. actors.Where(actor => actor.Text("type") != "atlassian-group-role-actor").Select(actor => JiraIssue.UserOf(actor.Get("actorUser")) is { Length: > 0 } user ? user : actor.Text("type") == "atlassian-user-role-actor" ? actor.Text("name") : "").Where(id => id.Length > 0)],
            [.. actors.Where(actor => actor.Text("type") != "atlassian-user-role-actor").Select(actor => GroupOf(actor.Get("actorGroup")) is { Length: > 0 } group ? group : actor.Text("type") == "atlassian-group-role-actor" ? actor.Text("name") : "").Where(id => id.Length > 0)]);
    }

    public async Task<IReadOnlyList<Holder>> GetLevelMembersAsync(string levelId, CancellationToken cancellationToken)
    {
        var holders = new List<Holder>();
        await foreach (var member in http.ListAsync($"{root}/issuesecurityschemes/level/member?levelId={Uri.EscapeDataString(levelId)}", "values", 50, cancellationToken))
        {
            if (member.Text("issueSecurityLevelId") is var id && (id.Length == 0 || id == levelId))
            {
                holders.Add(HolderOf(member.Get("holder")));
            }
        }

        return holders;
    }

    public async Task<IReadOnlyList<string>> GetApplicationGroupsAsync(string role, CancellationToken cancellationToken)
    {
        var answer = await http.GetAsync($"{root}/applicationrole/{Uri.EscapeDataString(role)}", cancellationToken);
        var groups = answer.Items("groupDetails").Select(GroupOf).ToList();
        return groups.Count > 0 ? groups : [.. answer.Items("groups").Select(group => group.GetString() ?? "")];
    }

    /// <param name="parameter">"groupId" or "groupname".</param>
    public async Task<IReadOnlyList<string>> GetMembersAsync(string parameter, string group, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        await foreach (var member in http.ListAsync($"{root}/group/member?{parameter}={Uri.EscapeDataString(group)}", "values", 50, cancellationToken))
        {
            members.Add(JiraIssue.UserOf(member));
        }

        return members;
    }

    public static bool IsActive(JsonElement user) => user.Get("active").ValueKind != JsonValueKind.False;

    public static string GroupOf(JsonElement group) => group.Text("groupId") is { Length: > 0 } id ? id : group.Text("name");

    private static Holder HolderOf(JsonElement holder) => new(holder.Text("type"), holder.Text("value") is { Length: > 0 } value ? value : holder.Text("parameter"));

    /// <summary>A service desk names an attachment by addresses only.</summary>
    private static string IdOf(JsonElement attachment) =>
        attachment.Text("_links", "jiraRest") is { Length: > 0 } link ? link.TrimEnd('/').Split('/')[^1] : attachment.Text("_links", "content").TrimEnd('/').Split('/')[^1];
}
