using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>People and groups of Cloud (facts §1.6), by offset.</summary>
internal sealed class PeopleApi(ConfluenceState state, SiteSwitches switches)
{
    private const string Source = "confluence-cloud-api-v1.json";

    public Outcome? Answer(CallSeen call, string path, string[] parts) => parts switch
    {
        ["user", "current"] => Outcome.Ok(V1Shapes.User(state.Users.GetValueOrDefault(switches.CrawlAccount) ?? new UserState(switches.CrawlAccount, "Copilot", null, UserKind.Person, true), ConfluenceEdition.Cloud)),
        ["user", "bulk"] => Named(new(call, path, Source, "accountId", "expand")),
        ["search", "user"] => Search(new(call, path, Source, "cql", "start", "limit", "expand", "sitePermissionTypeFilter")),
        ["group"] => Groups(new(call, path, Source, "start", "limit", "accessType")),
        ["group", "by-id"] => state.Groups.TryGetValue(call.Parameter("id") ?? "", out var group) ? Outcome.Ok(V1Shapes.Group(group, ConfluenceEdition.Cloud)) : Outcome.NotFound,
        ["group", var id, "membersByGroupId"] => Members(id, new(call, path, Source, "start", "limit", "shouldReturnTotalSize", "expand")),
        _ => null,
    };

    /// <summary>Those who are not there are left out.</summary>
    private Outcome Named(Arguments arguments)
    {
        var found = arguments.Many("accountId", 200).Select(id => state.Users.GetValueOrDefault(id)).OfType<UserState>();
        return Outcome.Ok(V1Shapes.Array(found.Select(user => V1Shapes.User(user, ConfluenceEdition.Cloud)), 0, 200, null));
    }

    /// <summary>Active accounts, apps and customers among them; guests only where asked for (facts §1.3, §1.6).</summary>
    private Outcome Search(Arguments arguments)
    {
        if (arguments.One("cql")?.Replace(" ", "", StringComparison.Ordinal) is not "type=user")
        {
            throw RuleException.Of("cql", "§1.3", "The search of users knows type=user");
        }

        var filter = arguments.OneOf("sitePermissionTypeFilter", "none", "all", "externalCollaborator", "none");
        var found = state.Users.Values.Where(user => user.IsActive && filter switch { "all" => true, "none" => user.Kind != UserKind.Guest, _ => user.Kind == UserKind.Guest }).OrderBy(user => user.Id, StringComparer.Ordinal).Take(10_000);
        var page = Page(found, arguments, 25, 100, user => new JsonObject
        {
            ["user"] = V1Shapes.User(user, ConfluenceEdition.Cloud),
            ["title"] = user.Name,
            ["excerpt"] = "",
            ["url"] = $"/people/{user.Id}",
            ["breadcrumbs"] = new JsonArray(),
            ["entityType"] = "user",
            ["iconCssClass"] = "",
            ["lastModified"] = "1970-01-01T00:00:00.000Z",
            ["score"] = 0.0,
        });
        (page["totalSize"], page["cqlQuery"], page["searchDuration"]) = (state.Users.Count, "type=user", 1);
        return Outcome.Ok(page);
    }

    private Outcome Groups(Arguments arguments) =>
        Outcome.Ok(Page(state.Groups.Values.OrderBy(group => group.Id, StringComparer.Ordinal), arguments, 200, 200, group => V1Shapes.Group(group, ConfluenceEdition.Cloud)));

    /// <summary>Groups in the group are resolved.</summary>
    private Outcome Members(string id, Arguments arguments) => state.Groups.ContainsKey(id)
        ? Outcome.Ok(Page(state.MembersOf(id).Order(StringComparer.Ordinal).Select(user => state.Users.GetValueOrDefault(user)).OfType<UserState>().Where(user => user.IsActive), arguments, 200, 200, user => V1Shapes.User(user, ConfluenceEdition.Cloud)))
        : Outcome.NotFound;

    /// <summary>More than the cap is not given, in silence; there need not be a link to the next page (facts §1.3).</summary>
    private JsonObject Page<T>(IEnumerable<T> all, Arguments arguments, int fallback, int cap, Func<T, JsonObject> shape)
    {
        var (start, limit) = (arguments.Start(), Math.Min(arguments.Limit(fallback, cap, cap: true), switches.LongestPage));
        return V1Shapes.Array(all.Skip(start).Take(limit).Select(shape), start, limit, null);
    }
}
