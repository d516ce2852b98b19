using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>From the path of a call to what answers it, behind the checks of the token (facts §1.8).</summary>
internal sealed class Router
{
    private readonly ConfluenceSite _site;
    private readonly ConfluenceState _state;
    private readonly SiteSwitches _switches;
    private readonly Evaluator _evaluator;
    private readonly V2Api _v2;
    private readonly V1Api _v1;
    private readonly PeopleApi _people;
    private readonly DataCenterApi _dataCenter;

    public Router(ConfluenceSite site, ConfluenceState state, SiteSwitches switches, Evaluator evaluator, MediaHost media)
    {
        (_site, _state, _switches, _evaluator) = (site, state, switches, evaluator);
        var (shapes, index) = (new ContentShapes(state, switches, site.Edition), new SearchIndex(state, switches, () => site.Now));
        _v2 = new(state, switches, Sees, SeesSpace, () => site.Address);
        _v1 = new(state, switches, evaluator, index, shapes, Sees, media, () => site.Address);
        _people = new(state, switches);
        _dataCenter = new(state, switches, index, shapes, Sees, SeesSpace);
    }

    public Outcome Answer(CallSeen call, string authorization)
    {
        if (call.Path == "/_edge/tenant_info" && _site.Edition == ConfluenceEdition.Cloud)
        {
            return Outcome.Ok(new JsonObject { ["cloudId"] = _site.CloudId });
        }

        var gateway = $"/ex/confluence/{_site.CloudId}";
        var isGateway = call.Path.StartsWith(gateway + "/", StringComparison.Ordinal);
        Authenticate(authorization, isGateway);
        var path = isGateway ? call.Path[gateway.Length..] : call.Path;
        return (_site.Edition == ConfluenceEdition.Cloud ? Cloud(call, path, isGateway) : DataCenter(call)) ?? throw RuleException.Of("path", "confluence-cloud-api-v2.json", $"{call.Method} {call.Path} is no call of this site", 404);
    }

    private void Authenticate(string authorization, bool isGateway)
    {
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_site.Email}:{_site.Token}"))}";
        var bearer = $"Bearer {_site.Token}";
        var isKnown = _site.Edition == ConfluenceEdition.DataCenter ? authorization == bearer : authorization == basic || (isGateway && authorization == bearer);
        if (!isKnown || (_switches.IsTokenScoped && !isGateway))
        {
            throw RuleException.Of("authorization", "§1.8", "The token is not taken here", 401);
        }
    }

    private Outcome? Cloud(CallSeen call, string path, bool isGateway)
    {
        if (path.StartsWith("/wiki/api/v2/", StringComparison.Ordinal) && call.Method == "GET")
        {
            return _v2.Answer(call, path, PartsOf(path["/wiki/api/v2/".Length..]));
        }

        if (!path.StartsWith("/wiki/rest/api/", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = PartsOf(path["/wiki/rest/api/".Length..]);
        return isGateway && IsGone(parts)
            ? throw RuleException.Of("gone", "§0.6", "The call is gone", 410)
            : _v1.Answer(call, path, parts) ?? (call.Method == "GET" ? _people.Answer(call, path, parts) : null);
    }

    private Outcome? DataCenter(CallSeen call)
    {
        const string Root = "/rest/api/";
        if (call.Method != "GET")
        {
            return null;
        }

        if (call.Path.StartsWith(Root, StringComparison.Ordinal))
        {
            return _dataCenter.Answer(call, call.Path, PartsOf(call.Path[Root.Length..]));
        }

        return PartsOf(call.Path) is ["", "download", "attachments", var id, var name] && _state.Pages.TryGetValue(id, out var page) && Sees(page) && page.Attachments.Find(file => file.Title == name) is { } found
            ? new Outcome(200, Bytes: found.Bytes)
            : null;
    }

    /// <summary>What was taken out of the document of v1 (facts §0.6, §1.1).</summary>
    private static bool IsGone(string[] parts) => parts is ["content"] or ["content", not "search"] or ["space"] or ["space", _] or ["content", _, "child", "comment" or "attachment" or "page"];

    private bool Sees(PageState page) =>
        !_switches.UnavailableSpaces.ContainsKey(page.SpaceId) && (_switches.SeesEverything || _evaluator.MayRead(_switches.CrawlAccount, page));

    private bool SeesSpace(SpaceState space) =>
        !_switches.UnavailableSpaces.ContainsKey(space.Id)
        && (_switches.SeesEverything || (_state.Users.TryGetValue(_switches.CrawlAccount, out var user) && _evaluator.MayEnter(user, space)));

    private static string[] PartsOf(string path) => [.. path.Split('/').Select(Uri.UnescapeDataString)];
}
