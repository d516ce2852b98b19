using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>REST v2 of Cloud: listings and bodies (facts §1.1, §1.2); paths and parameters of confluence-cloud-api-v2.json.</summary>
internal sealed class CloudV2(World world, WikiSite site)
{
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["spaces"] = ["keys", "status", "limit", "cursor"],
        ["pages"] = ["id", "space-id", "sort", "status", "body-format", "limit", "cursor"],
        ["comments"] = ["body-format", "sort", "limit", "cursor"],
        ["attachments"] = ["sort", "status", "limit", "cursor"],
        ["labels"] = ["limit", "cursor"],
        ["permissions"] = ["limit", "cursor"],
        ["roles"] = ["space-id", "limit", "cursor"],
        ["one"] = ["status", "body-format"],
        ["none"] = [],
    };

    public Outcome Answer(CallSeen call)
    {
        if (call.Method != "GET")
        {
            throw new RuleException("method", "confluence-cloud-api-v2.json", $"{call.Method} {call.Path} is no read");
        }

        return new Outcome(200, call.Parts[3..] switch
        {
            ["spaces"] => Spaces(Checked(call, "spaces")),
            ["spaces", var id, "permissions"] => Permissions(Checked(call, "permissions"), SpaceOf(id)),
            ["spaces", var id, "role-assignments"] => Assignments(Checked(call, "permissions"), SpaceOf(id)),
            ["spaces", var id, "pages"] => List(Checked(call, "pages"), "page", world.Contents.Values.Where(content => content.SpaceId == SpaceOf(id).Id)),
            ["spaces", var id, "blogposts"] => List(Checked(call, "pages"), "blogpost", world.Contents.Values.Where(content => content.SpaceId == SpaceOf(id).Id)),
            ["space-role-mode"] => Mode(Checked(call, "none")),
            ["space-roles"] => Roles(Checked(call, "roles")),
            ["pages"] => List(Checked(call, "pages"), "page", world.Contents.Values),
            ["blogposts"] => List(Checked(call, "pages"), "blogpost", world.Contents.Values),
            ["pages", var id] => One(Checked(call, "one"), "page", id),
            ["blogposts", var id] => One(Checked(call, "one"), "blogpost", id),
            ["folders", var id] => One(Checked(call, "none"), "folder", id),
            ["footer-comments"] => Comments(Checked(call, "comments"), world.Comments.Values.Where(comment => !comment.IsInline)),
            ["inline-comments"] => Comments(Checked(call, "comments"), world.Comments.Values.Where(comment => comment.IsInline)),
            ["attachments"] => Attachments(Checked(call, "attachments"), world.Attachments.Values),
            ["pages" or "blogposts", var id, "footer-comments"] => Comments(Checked(call, "comments"), HolderOf(call, id).Comments.Where(comment => !comment.IsInline)),
            ["pages" or "blogposts", var id, "inline-comments"] => Comments(Checked(call, "comments"), HolderOf(call, id).Comments.Where(comment => comment.IsInline)),
            ["pages" or "blogposts", var id, "attachments"] => Attachments(Checked(call, "attachments"), HolderOf(call, id).Attachments),
            ["pages" or "blogposts", var id, "labels"] => Paging.ByCursor(
                Checked(call, "labels"), HolderOf(call, id).Labels, label => label, label => new JsonObject { ["id"] = label, ["name"] = label, ["prefix"] = "global" }, site.LongestPage),
            _ => throw new RuleException("path", "confluence-cloud-api-v2.json", $"{call.Path} is no path", 404),
        });
    }

    private static CallSeen Checked(CallSeen call, string kind)
    {
        if (call.Query.Keys.FirstOrDefault(name => !Parameters[kind].Contains(name)) is { } unknown)
        {
            throw new RuleException("parameter", "confluence-cloud-api-v2.json", $"{call.Path} takes no {unknown}");
        }

        if (call.Query.FirstOrDefault(pair => pair.Value.Any(value => value?.Contains(',', StringComparison.Ordinal) == true && pair.Key is "id" or "space-id" or "status")).Key is { } joined)
        {
            throw new RuleException("array", "§1.2", $"{joined} of {call.Path} is joined by commas; arrays are repeated parameters");
        }

        if (call.Query["id"].Count > 250 || call.Query["space-id"].Count > 100)
        {
            throw new RuleException("ids", "§1.2", $"{call.Path} takes at most 250 id and 100 space-id");
        }

        return call;
    }

    private JsonObject Spaces(CallSeen call)
    {
        var keys = call.Query["keys"];
        return Paging.ByCursor(
            call, world.Spaces.Values.Where(space => keys.Count == 0 || keys.Contains(space.Key)), space => space.Id,
            space => new JsonObject { ["id"] = space.Id, ["key"] = space.Key, ["name"] = space.Name, ["type"] = "global", ["status"] = "current" }, site.LongestPage);
    }

    private JsonObject Permissions(CallSeen call, Space space)
    {
        var principals = site.IsBlind ? [] : new List<(string Type, string Id)>([
            .. space.Users.Select(id => ("user", id)), .. space.Groups.Select(id => ("group", id)),
            .. space.IsForLicensed ? [("role", "all-licensed-users")] : (List<(string, string)>)[], .. space.IsForAnyone ? [("role", "anonymous-users")] : (List<(string, string)>)[],
        ]);

        // Permissions that let nobody view anything stand among the others.
        var rows = principals.Select(principal => (principal, Key: "read", Target: "space"))
            .Concat(site.IsBlind ? [] : world.Groups.Keys.Order(StringComparer.Ordinal).Take(1).Select(id => (("group", id), Key: "create", Target: "page"))).Select((row, at) => (Row: row, At: at)).ToList();
        return Paging.ByCursor(
            call, rows, row => row.At.ToString("D6", CultureInfo.InvariantCulture),
            row => new JsonObject
            {
                ["id"] = row.At.ToString(CultureInfo.InvariantCulture),
                ["principal"] = new JsonObject { ["type"] = row.Row.Item1.Item1, ["id"] = row.Row.Item1.Item2 },
                ["operation"] = new JsonObject { ["key"] = row.Row.Key, ["targetType"] = row.Row.Target },
            },
            site.LongestPage);
    }

    private JsonObject Mode(CallSeen _) => new() { ["mode"] = site.HasRoles ? "ROLES" : "PRE_ROLES" };

    /// <summary>"viewer" may read, "nothing" may not.</summary>
    private JsonObject Roles(CallSeen call) => Paging.ByCursor(
        call, ["viewer", "nothing"], role => role,
        role => new JsonObject
        {
            ["id"] = role, ["type"] = "SYSTEM", ["name"] = role, ["description"] = "", ["spacePermissions"] = role == "viewer" ? new JsonArray("read/space", "create/comment") : new JsonArray("create/comment"),
        },
        site.LongestPage, most: 100);

    private JsonObject Assignments(CallSeen call, Space space)
    {
        List<(string Type, string Id, string Role)> all = site.IsBlind ? [] :
        [
            .. space.Users.Select(id => ("USER", id, "viewer")), .. space.Groups.Select(id => ("GROUP", id, "viewer")),
            .. space.IsForLicensed ? [("ACCESS_CLASS", "all-licensed-users", "viewer")] : (List<(string, string, string)>)[],
            .. space.IsForAnyone ? [("ACCESS_CLASS", "anonymous-users", "viewer")] : (List<(string, string, string)>)[],
            ("ACCESS_CLASS", "jsm-project-admins", "viewer"), ("ACCESS_CLASS", "all-licensed-users", "nothing"),
        ];
        return Paging.ByCursor(
            call, all, row => $"{row.Type} {row.Id} {row.Role}",
            row => new JsonObject { ["principal"] = new JsonObject { ["principalType"] = row.Type, ["principalId"] = row.Id }, ["roleId"] = row.Role }, site.LongestPage, most: 100);
    }

    /// <summary>Without a status: current and archived pages (facts §0.7).</summary>
    private JsonObject List(CallSeen call, string kind, IEnumerable<Content> contents)
    {
        IReadOnlyList<string?> statuses = call.Query["status"].Count > 0 ? call.Query["status"] : ["current", "archived"];
        if (kind == "blogpost" && call.Query["status"].Contains("archived"))
        {
            throw new RuleException("status", "§1.2", "blog posts have no status archived");
        }

        var (ids, spaces) = (call.Query["id"].ToHashSet(), call.Query["space-id"].ToHashSet());
        var found = contents.Where(content => content.Kind == kind && statuses.Contains(content.Status) && (ids.Count == 0 || ids.Contains(content.Id)) && (spaces.Count == 0 || spaces.Contains(content.SpaceId)));
        return Paging.ByCursor(call, found, OrderOf<Content>(call, content => content.Id, content => content.Modified), content => Show(content, HasBody(call)), site.LongestPage);
    }

    private static Func<T, string> OrderOf<T>(CallSeen call, Func<T, string> id, Func<T, DateTimeOffset> modified) => call.Find("sort") switch
    {
        "" or "id" => id,
        "modified-date" => one => $"{modified(one).Ticks:D19} {id(one)}",
        "-modified-date" => one => $"{long.MaxValue - modified(one).Ticks:D19} {id(one)}",
        var sort => throw new RuleException("sort", "§1.2", $"{sort} is no order of {call.Path}"),
    };

    private JsonObject One(CallSeen call, string kind, string id)
    {
        var content = world.Contents.GetValueOrDefault(id);
        IReadOnlyList<string?> statuses = call.Query["status"].Count > 0 ? call.Query["status"] : ["current", "archived"];
        return content is null || content.Kind != kind || (kind == "page" && !statuses.Contains(content.Status)) ? throw new NotThereException() : Show(content, HasBody(call));
    }

    private JsonObject Comments(CallSeen call, IEnumerable<Comment> comments) => Paging.ByCursor(
        call, comments.Where(comment => comment.On.Status == "current"), OrderOf<Comment>(call, comment => comment.Id, comment => comment.Modified),
        comment =>
        {
            var shown = new JsonObject
            {
                ["id"] = comment.Id, ["status"] = "current", ["title"] = $"Re: {comment.On.Title}", [comment.On.Kind == "page" ? "pageId" : "blogPostId"] = comment.On.Id,
                ["version"] = VersionOf(comment.Version, comment.Modified, comment.Author), ["body"] = BodyOf(comment.Body, HasBody(call)),
            };
            if (comment.IsInline)
            {
                shown["resolutionStatus"] = "open";
            }

            return shown;
        },
        site.LongestPage);

    private JsonObject Attachments(CallSeen call, IEnumerable<Attachment> attachments) => Paging.ByCursor(
        call, attachments.Where(attachment => attachment.On.Status == "current"), OrderOf<Attachment>(call, attachment => attachment.Id, attachment => attachment.Modified),
        attachment => new JsonObject
        {
            ["id"] = attachment.Id, ["status"] = "current", ["title"] = attachment.FileName, [attachment.On.Kind == "page" ? "pageId" : "blogPostId"] = attachment.On.Id,
            ["mediaType"] = attachment.MediaType, ["fileId"] = $"file-{attachment.Id}", ["fileSize"] = attachment.Bytes.Length, ["webuiLink"] = $"/pages/viewpageattachments.action?pageId={attachment.On.Id}",
            ["downloadLink"] = $"/download/attachments/{attachment.On.Id}/{Uri.EscapeDataString(attachment.FileName)}?version={attachment.Version}",
            ["createdAt"] = Text(attachment.Modified), ["version"] = VersionOf(attachment.Version, attachment.Modified, ""),
        },
        site.LongestPage, usual: 50);

    private Space SpaceOf(string id) => world.Spaces.GetValueOrDefault(id) ?? throw new NotThereException();

    private Content HolderOf(CallSeen call, string id) =>
        world.Contents.GetValueOrDefault(id) is { } content && content.Kind == (call.Parts[3] == "pages" ? "page" : "blogpost") ? content : throw new NotThereException();

    private static bool HasBody(CallSeen call) => call.Find("body-format") switch
    {
        "" => false,
        "storage" => true,
        var format => throw new RuleException("body-format", "§1.2", $"a list gives no {format}"),
    };

    private JsonObject Show(Content content, bool hasBody)
    {
        var shown = new JsonObject
        {
            ["id"] = content.Id, ["status"] = content.Status, ["title"] = content.Title, ["spaceId"] = content.SpaceId, ["authorId"] = content.Author, ["createdAt"] = Text(content.Created),
            ["version"] = VersionOf(content.Version, content.Modified, content.Author), ["_links"] = new JsonObject { ["webui"] = $"/spaces/{content.SpaceId}/pages/{content.Id}" },
        };
        if (content.Kind != "folder")
        {
            shown["body"] = BodyOf(content.Body, hasBody);
        }

        if (content.Kind != "blogpost")
        {
            (shown["parentId"], shown["parentType"]) = (content.ParentId, content.ParentId is { } parent ? world.Contents.GetValueOrDefault(parent)?.Kind ?? "page" : null);
        }

        return shown;
    }

    private static JsonObject BodyOf(string body, bool isAsked) => isAsked ? new JsonObject { ["storage"] = new JsonObject { ["representation"] = "storage", ["value"] = body } } : [];

    private static JsonObject VersionOf(int number, DateTimeOffset at, string author) => new() { ["createdAt"] = Text(at), ["message"] = "", ["number"] = number, ["minorEdit"] = false, ["authorId"] = author };

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
