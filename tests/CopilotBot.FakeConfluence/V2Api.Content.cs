using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

internal sealed partial class V2Api
{
    private Outcome PagesOfSite(PageKind kind, Arguments arguments)
    {
        var (ids, spaces) = (arguments.Many("id", 250), arguments.Many("space-id", 100));
        IEnumerable<PageState> found = ids.Count > 0
            ? ids.Distinct().Select(id => state.Pages.GetValueOrDefault(id)).OfType<PageState>().Where(page => spaces.Count == 0 || spaces.Contains(page.SpaceId))
            : spaces.Count > 0 ? spaces.Distinct().Where(state.BySpace.ContainsKey).SelectMany(id => state.BySpace[id]) : state.Pages.Values;
        return Pages(found, kind, arguments);
    }

    /// <summary>Current and, of pages, archived ones unless asked otherwise (facts §0.7).</summary>
    private Outcome Pages(IEnumerable<PageState> all, PageKind kind, Arguments arguments)
    {
        var status = kind == PageKind.BlogPost ? arguments.ManyOf("status", ["current"], "current", "deleted", "trashed") : arguments.ManyOf("status", ["current", "archived"], PageStatus);
        var sort = arguments.OneOf("sort", "id", "id", "-id", "created-date", "-created-date", "modified-date", "-modified-date", "title", "-title");
        var withBody = arguments.OneOf("body-format", "", "", "storage", "atlas_doc_format").Length > 0;
        var title = arguments.One("title");
        var found = all.Where(page => page.Kind == kind && status.Contains(page.Status) && (title is null || page.Title == title) && sees(page));
        return Page<PageState>(found, Listing.KeyOf(sort), sort.StartsWith('-'), arguments, 25, page => ShapeOf(page, withBody));
    }

    private Outcome SinglePage(string id, PageKind kind, Arguments arguments) => OfPage(id, kind, page =>
    {
        var status = arguments.ManyOf("status", ["current", "archived", "trashed", "deleted"], CommentStatus);
        return status.Contains(page.Status) ? Single(ShapeOf(page, arguments.One("body-format") is not null), arguments) : Outcome.NotFound;
    });

    private JsonObject ShapeOf(PageState page, bool withBody)
    {
        if (withBody && switches.Poisoned.Contains(page.Id))
        {
            throw RuleException.Trouble(500, "Internal Server Error");
        }

        var parent = page.ParentId is { } id ? state.Pages.GetValueOrDefault(id) : null;
        return V2Shapes.Page(page, parent?.TypeName ?? (page.ParentId is null ? null : "page"), state.Spaces[page.SpaceId].Key, withBody);
    }

    /// <summary>From the top down; the nearest ones where there are more than asked for, so that the highest of them leads on (facts §1.2).</summary>
    private Outcome Ancestors(PageState page, Arguments arguments)
    {
        var nearest = state.AncestorsOf(page).Take(arguments.Limit(25, 250)).Reverse();
        return Outcome.Ok(new JsonObject { ["results"] = Listing.Array(nearest, one => new JsonObject { ["id"] = one.Id, ["type"] = one.TypeName }), ["_links"] = Links(null) });
    }

    private Outcome Labels(PageState page, Arguments arguments) =>
        Page(page.Labels, SortKey.Of, false, arguments, 25, label => new JsonObject { ["id"] = $"{Math.Abs(label.GetHashCode(StringComparison.Ordinal))}", ["name"] = label, ["prefix"] = "global" });

    private Outcome Comments(IEnumerable<CommentState> all, bool isInline, Arguments arguments)
    {
        var sort = arguments.OneOf("sort", "created-date", "created-date", "-created-date", "modified-date", "-modified-date");
        var format = arguments.OneOf("body-format", "", "", "storage", "atlas_doc_format");
        var found = all.Where(comment => comment.IsInline == isInline && comment.Page.Status == "current" && sees(comment.Page));
        return Page<CommentState>(found, Listing.KeyOf(sort), sort.StartsWith('-'), arguments, 25, comment => V2Shapes.Comment(comment, format.Length == 0 ? null : format));
    }

    private Outcome Attachments(IEnumerable<AttachmentState> all, CallSeen call, string path)
    {
        var arguments = new Arguments(call, path, Source, "sort", "cursor", "status", "mediaType", "filename", "limit");
        var sort = arguments.OneOf("sort", "created-date", "created-date", "-created-date", "modified-date", "-modified-date");
        var status = arguments.ManyOf("status", ["current", "archived"], "current", "archived", "trashed");
        var found = all.Where(file => status.Contains(file.Status) && file.Page.Status == "current" && sees(file.Page));
        return Page<AttachmentState>(found, Listing.KeyOf(sort), sort.StartsWith('-'), arguments, 50, V2Shapes.Attachment);
    }

    private Outcome Single(JsonObject shape, Arguments arguments)
    {
        (shape["_links"] ??= new JsonObject())["base"] = $"{address()}/wiki";
        return arguments.Cursor is null ? Outcome.Ok(shape) : throw RuleException.Of("cursor", Source, "A single thing has no pages");
    }

    private Outcome Page<T>(IEnumerable<T> all, Func<T, SortKey> key, bool isDescending, Arguments arguments, int fallback, Func<T, JsonObject> shape)
    {
        var limit = Math.Min(arguments.Limit(fallback, 250), switches.LongestPage);
        var (entries, cursor) = Listing.Page(all, key, isDescending, limit, arguments.Cursor, arguments.Query);
        var next = cursor is null ? null : arguments.Next(cursor);
        return Outcome.Ok(new JsonObject { ["results"] = Listing.Array(entries, shape), ["_links"] = Links(next) }, next);
    }

    /// <summary>The way on starts at the root of the host, with no gateway before it (facts §1.2).</summary>
    private JsonObject Links(string? next)
    {
        var links = new JsonObject();
        if (next is not null)
        {
            links["next"] = next;
        }

        links["base"] = $"{address()}/wiki";
        return links;
    }
}
