using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Data Center, below /rest/api: offsets everywhere, userKey and user name instead of account ids (facts §1.6), and a listing that ends on an empty page.</summary>
internal sealed partial class DataCenterApi(ConfluenceState state, SiteSwitches switches, SearchIndex index, ContentShapes shapes, Func<PageState, bool> sees, Func<SpaceState, bool> seesSpace)
{
    private const string Source = "§1.6";

    private readonly RestrictionShapes _restrictions = new(state, ConfluenceEdition.DataCenter);

    public Outcome? Answer(CallSeen call, string path, string[] parts) => parts switch
    {
        ["content"] => Contents(new(call, path, Source, "type", "spaceKey", "title", "status", "expand", "start", "limit")),
        ["content", "search"] => Search(new(call, path, Source, "cql", "cqlcontext", "expand", "start", "limit")),
        ["content", var id] => OfPage(id, page => StatusOf(page, new(call, path, Source, "expand", "status", "version"))),
        ["content", var id, "child", "comment"] => OfPage(id, page => Comments(page, new(call, path, Source, "expand", "start", "limit", "depth", "location"))),
        ["content", var id, "child", "attachment"] => OfPage(id, page => Attachments(page, new(call, path, Source, "expand", "start", "limit", "filename", "mediaType"))),
        ["content", var id, "label"] => OfPage(id, page => Labels(page, new(call, path, Source, "prefix", "start", "limit"))),
        ["content", var id, "restriction", "byOperation", "read" or "update"] => OfPage(id, page => Restrictions(page, parts[4], new(call, path, Source, "expand", "start", "limit"))),
        ["space"] => Spaces(new(call, path, Source, "spaceKey", "type", "status", "expand", "start", "limit")),
        ["space", var key] => OfSpace(key, space => Outcome.Ok(V1Shapes.Space(space))),
        ["space", var key, "permissions"] => OfSpace(key, Permissions),
        ["space", var key, "permissions", "anonymous"] => OfSpace(key, AnonymousPermissions),
        ["group"] => Groups(new(call, path, Source, "expand", "start", "limit")),
        ["group", var name, "member"] => Members(name, new(call, path, Source, "expand", "start", "limit")),
        ["user", "current"] => Outcome.Ok(V1Shapes.User(Crawler, ConfluenceEdition.DataCenter)),
        ["user"] => User(new(call, path, Source, "key", "username", "expand")),
        _ => null,
    };

    private UserState Crawler => state.Users.GetValueOrDefault(switches.CrawlAccount) ?? new UserState(switches.CrawlAccount, "copilot", null, UserKind.Person, true);

    private Outcome OfPage(string id, Func<PageState, Outcome> answer) => state.Pages.TryGetValue(id, out var page) && sees(page) ? answer(page) : Outcome.NotFound;

    private Outcome OfSpace(string key, Func<SpaceState, Outcome> answer)
    {
        var space = state.Spaces.Values.FirstOrDefault(one => one.Key == key);
        switches.ThrowIfUnavailable(space?.Id ?? "");
        return space is not null && seesSpace(space) ? answer(space) : Outcome.NotFound;
    }

    private Outcome StatusOf(PageState page, Arguments arguments)
    {
        var status = arguments.OneOf("status", "current", "any", "current", "trashed", "draft", "archived", "historical");
        return status == "any" || page.Status == status ? Outcome.Ok(shapes.Of(page, arguments.Many("expand"))) : Outcome.NotFound;
    }

    private Outcome Contents(Arguments arguments) => arguments.One("spaceKey") is { } key ? OfSpace(key, space => Contents(state.BySpace[space.Id], arguments)) : Contents(state.Pages.Values, arguments);

    private Outcome Contents(IEnumerable<PageState> all, Arguments arguments)
    {
        var type = arguments.OneOf("type", "page", "page", "blogpost");
        var status = arguments.OneOf("status", "current", "any", "current", "trashed", "draft", "archived");
        var found = all.Where(page => page.TypeName == type && (status == "any" || page.Status == status) && sees(page)).OrderBy(page => page.Number);
        return Page(found, arguments, 25, page => shapes.Of(page, arguments.Many("expand")));
    }

    private Outcome Search(Arguments arguments)
    {
        var cql = index.Parse(arguments.One("cql") ?? throw RuleException.Of("cql", "§1.3", "The search needs cql"));
        var (key, expand) = (Listing.KeyOf(cql.Sort), arguments.Many("expand"));
        var found = index.Find(cql).Select(page => (Item: (ItemState)page, Page: page)).Concat(index.FindParts(cql)).Where(one => sees(one.Page));
        var ordered = cql.Sort.StartsWith('-') ? found.OrderByDescending(one => key(one.Item)) : found.OrderBy(one => key(one.Item));
        return Page(ordered, arguments, 25, one => one.Item switch
        {
            CommentState comment => ChildShapes.Comment(comment, expand),
            AttachmentState file => ChildShapes.Attachment(file, expand),
            _ => shapes.Of(one.Page, expand),
        });
    }

    private Outcome Comments(PageState page, Arguments arguments) => Page(page.Comments, arguments, 25, comment => ChildShapes.Comment(comment, arguments.Many("expand")));

    private Outcome Attachments(PageState page, Arguments arguments) => Page(page.Attachments, arguments, 50, file => ChildShapes.Attachment(file, arguments.Many("expand")));

    private Outcome Labels(PageState page, Arguments arguments) => Page(page.Labels, arguments, 200, label => new JsonObject { ["prefix"] = "global", ["name"] = label, ["id"] = label });

    private Outcome Restrictions(PageState page, string operation, Arguments arguments) =>
        Outcome.Ok(_restrictions.Of(operation == "read" ? page.View : page.Edit, operation, [.. arguments.Many("expand")], arguments.Start(), arguments.Limit(100, 100, cap: true)));

    /// <summary>A full page has a link on even when nothing follows (facts §4.3 no. 25); the server gives as many as it likes (no. 24).</summary>
    private Outcome Page<T>(IEnumerable<T> all, Arguments arguments, int fallback, Func<T, JsonNode> shape)
    {
        var (start, limit) = (arguments.Start(), Math.Min(arguments.Limit(fallback, 500, cap: true), switches.LongestPage));
        var entries = all.Skip(start).Take(limit).Select(shape).ToList();
        return Outcome.Ok(V1Shapes.Array(entries, start, limit, entries.Count == limit ? arguments.NextStart(start + limit, limit) : null));
    }
}
