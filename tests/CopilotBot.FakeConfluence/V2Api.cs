using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>Listings of Cloud (facts §1.2), below /wiki/api/v2.</summary>
internal sealed partial class V2Api(ConfluenceState state, SiteSwitches switches, Func<PageState, bool> sees, Func<SpaceState, bool> seesSpace, Func<string> address)
{
    private const string Source = "confluence-cloud-api-v2.json";

    private static readonly string[] PageStatus = ["current", "archived", "deleted", "trashed"];

    private static readonly string[] CommentStatus = ["current", "archived", "trashed", "deleted", "historical", "draft"];

    public Outcome? Answer(CallSeen call, string path, string[] parts) => parts switch
    {
        ["spaces"] => Spaces(new(call, path, Source, "ids", "keys", "type", "status", "sort", "cursor", "limit")),
        ["spaces", var id] => OfSpace(id, space => Single(V2Shapes.Space(space), new(call, path, Source))),
        ["spaces", var id, "permissions"] => OfSpace(id, space => Permissions(space, new(call, path, Source, "cursor", "limit"))),
        ["spaces", var id, "role-assignments"] => OfSpace(id, space => Assignments(space, new(call, path, Source, "cursor", "limit"))),
        ["spaces", var id, "pages"] => OfSpace(id, space => Pages(state.BySpace[space.Id], PageKind.Page, new(call, path, Source, "depth", "sort", "status", "title", "body-format", "cursor", "limit"))),
        ["spaces", var id, "blogposts"] => OfSpace(id, space => Pages(state.BySpace[space.Id], PageKind.BlogPost, new(call, path, Source, "sort", "status", "title", "body-format", "cursor", "limit"))),
        ["space-role-mode"] => Outcome.Ok(new JsonObject { ["mode"] = switches.HasRoles ? "ROLES" : "PRE_ROLES" }),
        ["space-roles"] => Roles(new(call, path, Source, "space-id", "role-type", "principal-id", "principal-type", "cursor", "limit")),
        ["pages"] => PagesOfSite(PageKind.Page, new(call, path, Source, "id", "space-id", "sort", "status", "title", "body-format", "subtype", "cursor", "limit")),
        ["blogposts"] => PagesOfSite(PageKind.BlogPost, new(call, path, Source, "id", "space-id", "sort", "status", "title", "body-format", "cursor", "limit")),
        ["pages", var id] => SinglePage(id, PageKind.Page, new(call, path, Source, "body-format", "status", "get-draft", "include-labels", "include-version")),
        ["blogposts", var id] => SinglePage(id, PageKind.BlogPost, new(call, path, Source, "body-format", "status", "get-draft", "include-labels", "include-version")),
        ["folders", var id] => OfPage(id, PageKind.Folder, page => Single(ShapeOf(page, false), new(call, path, Source))),
        ["pages" or "folders", var id, "ancestors"] => OfPage(id, parts[0] == "pages" ? PageKind.Page : PageKind.Folder, page => Ancestors(page, new(call, path, Source, "limit"))),
        ["pages" or "blogposts", var id, "labels"] => OfPage(id, KindOf(parts[0]), page => Labels(page, new(call, path, Source, "prefix", "sort", "cursor", "limit"))),
        ["pages" or "blogposts", var id, "attachments"] => OfPage(id, KindOf(parts[0]), page => Attachments(page.Attachments, call, path)),
        ["pages" or "blogposts", var id, "footer-comments" or "inline-comments"] => OfPage(id, KindOf(parts[0]), page => Comments(page.Comments, parts[2] == "inline-comments", new(call, path, Source, "body-format", "status", "resolution-status", "sort", "cursor", "limit"))),
        ["footer-comments" or "inline-comments"] => Comments(state.Comments.Values, parts[0] == "inline-comments", new(call, path, Source, "body-format", "sort", "cursor", "limit")),
        ["attachments"] => Attachments(state.Attachments.Values, call, path),
        _ => null,
    };

    private static PageKind KindOf(string part) => part == "blogposts" ? PageKind.BlogPost : PageKind.Page;

    private Outcome OfSpace(string id, Func<SpaceState, Outcome> answer)
    {
        switches.ThrowIfUnavailable(id);
        return state.Spaces.TryGetValue(id, out var space) && seesSpace(space) ? answer(space) : Outcome.NotFound;
    }

    /// <summary>An id of another kind is not found either (facts §1.5).</summary>
    private Outcome OfPage(string id, PageKind kind, Func<PageState, Outcome> answer) => state.Pages.TryGetValue(id, out var page) && page.Kind == kind && sees(page) ? answer(page) : Outcome.NotFound;

    private Outcome Spaces(Arguments arguments)
    {
        var (ids, keys) = (arguments.Many("ids", 250), arguments.Many("keys", 250));
        var status = arguments.OneOf("status", "", "", "current", "archived");
        var found = state.Spaces.Values.Where(seesSpace).Where(space => (status.Length == 0 || space.Status == status) && (ids.Count == 0 || ids.Contains(space.Id)) && (keys.Count == 0 || keys.Contains(space.Key)));
        return Page(found, space => SortKey.Of($"{space.Id,19}"), false, arguments, 25, V2Shapes.Space);
    }

    private Outcome Permissions(SpaceState space, Arguments arguments)
    {
        IEnumerable<(string Type, string Id)> readers = switches.HidesPermissions ? [] : ReadersOf(space);
        return Page(readers.SelectMany(reader => new[] { (reader, Key: "read", On: "space"), (reader, Key: "create", On: "comment") }), row => SortKey.Of($"{row.reader.Type}:{row.reader.Id}:{row.Key}"), false, arguments, 25, row => new JsonObject
        {
            ["id"] = $"{space.Id}-{row.reader.Type}-{row.reader.Id}-{row.Key}",
            ["principal"] = new JsonObject { ["type"] = row.reader.Type, ["id"] = row.reader.Id },
            ["operation"] = new JsonObject { ["key"] = row.Key, ["targetType"] = row.On },
        });
    }

    private static IEnumerable<(string Type, string Id)> ReadersOf(SpaceState space) =>
    [
        .. space.Users.Select(id => ("user", id)), .. space.Groups.Select(id => ("group", id)),
        .. space.IsForLicensed ? [("role", "all-licensed-users")] : Array.Empty<(string, string)>(), .. space.IsForAnonymous ? [("role", "anonymous-users")] : Array.Empty<(string, string)>(),
    ];

    private Outcome Assignments(SpaceState space, Arguments arguments) =>
        Page(switches.HidesPermissions ? [] : ReadersOf(space), reader => SortKey.Of($"{reader.Type}:{reader.Id}"), false, arguments, 25, reader => new JsonObject
        {
            ["principal"] = new JsonObject { ["principalType"] = reader.Type == "role" ? "ACCESS_CLASS" : reader.Type.ToUpperInvariant(), ["principalId"] = reader.Id },
            ["roleId"] = "role-viewer",
        });

    private Outcome Roles(Arguments arguments) => Page(
        [("role-viewer", "Viewer", "read/space"), ("role-void", "Nothing", "create/comment")], role => SortKey.Of(role.Item1), false, arguments, 25,
        role => new JsonObject { ["id"] = role.Item1, ["type"] = "SYSTEM", ["name"] = role.Item2, ["description"] = "", ["spacePermissions"] = new JsonArray(role.Item3) });
}
