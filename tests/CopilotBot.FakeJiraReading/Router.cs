using System.Text;

namespace CopilotBot.FakeJiraReading;

/// <summary>From the path of a call to what answers it, behind the check of the token.</summary>
internal sealed class Router
{
    private readonly JiraReadingSite _site;
    private readonly SharedApi _shared;
    private readonly CloudApi _cloud;
    private readonly DataCenterApi _dataCenter;

    public Router(JiraReadingSite site, JiraState state, Evaluator evaluator)
    {
        _site = site;
        var people = new PeopleShapes(state, site.Edition);
        var (issues, index) = (new IssueShapes(state, people, site.Edition, () => site.Address), new SearchIndex(site, state));
        _shared = new(site, state, people, issues);
        _cloud = new(site, state, evaluator, people, issues, index);
        _dataCenter = new(site, state, people, issues, index);
    }

    public Outcome Answer(CallSeen call, string authorization)
    {
        var isCloud = _site.Edition == JiraEdition.Cloud;
        var expected = isCloud ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_site.Email}:{_site.Token}"))}" : $"Bearer {_site.Token}";
        if (authorization != expected)
        {
            throw RuleException.Of("authorization", call.Path, "The token is not taken here", 401);
        }

        var root = isCloud ? "/rest/api/3/" : "/rest/api/2/";
        var outcome = call.Path.StartsWith(root, StringComparison.Ordinal) ? Answer(call, PartsOf(call.Path[root.Length..]), isCloud) : Other(call, PartsOf(call.Path));
        return outcome ?? throw RuleException.Of("path", "jira-cloud-api.json", $"{call.Method} {call.Path} is no call of this site", 404);
    }

    private Outcome? Answer(CallSeen call, string[] parts, bool isCloud) =>
        (isCloud ? _cloud.Answer(call, parts) : _dataCenter.Answer(call, parts)) ?? (call.Method == "GET" ? _shared.Answer(call, parts) : null);

    /// <summary>What stands beside the root of the edition.</summary>
    private Outcome? Other(CallSeen call, string[] parts) => (call.Method, parts) switch
    {
        ("GET", ["", "rest", "servicedeskapi", "request", var issue, "comment"]) => _shared.RequestComments(call, issue),
        ("GET", ["", "secure", "attachment", var id, _]) => _shared.Bytes(id),
        _ => null,
    };

    private static string[] PartsOf(string path) => [.. path.Split('/').Select(Uri.UnescapeDataString)];
}
