using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>REST v1 of Data Center: offset paging, user keys, groups by name (facts/sources.md §1.6, §1.8). Everybody who is active is in "confluence-users".</summary>
internal sealed class DataCenterV1(World world, WikiSite site)
{
    private const string Everybody = "confluence-users";

    /// <summary>Users or groups that an expanded restriction shows at most.</summary>
    private const int Expanded = 200;

    private static readonly string[] Expansions =
    [
        "version", "ancestors", "space", "container", "body.storage", "history", "metadata.labels", "children.comment", "children.attachment", "restrictions.user", "restrictions.group",
        "restrictions.read.restrictions.user", "restrictions.read.restrictions.group",
    ];

    public Outcome Answer(CallSeen call)
    {
        var expand = call.Query["expand"].SelectMany(value => (value ?? "").Split(',')).ToHashSet();
        return call.Method != "GET" ? throw new RuleException("method", "§1.8", $"{call.Method} {call.Path} is no read")
            : expand.FirstOrDefault(name => !Expansions.Contains(name)) is { } unknown ? throw new RuleException("expand", "§1.3", $"{unknown} cannot be expanded here")
            : Answer(call, expand);
    }

    private Outcome Answer(CallSeen call, HashSet<string> expand) => call.Parts switch
    {
        ["rest", "api", "user", "current"] => new Outcome(200, new JsonObject { ["type"] = "known", ["username"] = "copilot", ["userKey"] = "copilot", ["displayName"] = "CopilotBot" }),
        ["rest", "api", "space"] => new Outcome(200, Page(call, SpacesOf(call), space => new JsonObject { ["id"] = int.Parse(space.Id, CultureInfo.InvariantCulture), ["key"] = space.Key, ["name"] = space.Name, ["type"] = "global" })),
        ["rest", "api", "space", var key, "permissions"] => Permissions(SpaceOf(key), isAnonymous: false),
        ["rest", "api", "space", var key, "permissions", "anonymous"] => Permissions(SpaceOf(key), isAnonymous: true),
        ["rest", "api", "content"] => new Outcome(200, Page(call, Listed(call), content => Show(content, expand))),
        ["rest", "api", "content", "search"] => new Outcome(200, Page(call, Found(call), one => ShowAny(one, expand))),
        ["rest", "api", "content", var id] => new Outcome(200, Show(call.Find("status") == "any" || ContentOf(id).Status == "current" ? ContentOf(id) : throw new NotThereException(), expand)),
        ["rest", "api", "content", var id, "label"] => new Outcome(200, Page(call, ContentOf(id).Labels, label => new JsonObject { ["prefix"] = "global", ["name"] = label })),
        ["rest", "api", "content", var id, "child", "comment"] => new Outcome(200, Page(call, ContentOf(id).Comments, comment => Show(comment))),
        ["rest", "api", "content", var id, "child", "attachment"] => new Outcome(200, Page(call, ContentOf(id).Attachments, attachment => Show(attachment))),
        ["rest", "api", "content", var id, "restriction", "byOperation", "read"] => new Outcome(200, new JsonObject { ["operation"] = "read", ["restrictions"] = Restrictions(ContentOf(id), StartOf(call), 100) }),
        ["rest", "api", "group"] => new Outcome(200, Page(call, [.. world.Groups.Keys.Append(Everybody)], group => new JsonObject { ["type"] = "group", ["name"] = group })),
        ["rest", "api", "group", var name, "member"] => new Outcome(200, Page(call, MembersOf(name), account => new JsonObject
        {
            ["type"] = "known", ["username"] = account.Id, ["userKey"] = account.Id, ["displayName"] = account.DisplayName,
        })),
        ["download", "attachments", var page, var file] => new Outcome(302, Location: $"{site.Files}/{ContentOf(page).Attachments.Find(one => one.FileName == file)?.Id ?? throw new NotThereException()}"),
        _ => throw new RuleException("path", "§1.1", $"{call.Path} is no path", 404),
    };

    /// <summary>500, not 403, for whoever is no administrator (CONFSERVER-99908, facts §1.6).</summary>
    private Outcome Permissions(Space space, bool isAnonymous)
    {
        if (site.IsBlind)
        {
            return Outcome.Error(500, "Internal error");
        }

        List<JsonObject> subjects = isAnonymous ? space.IsForAnyone ? [[]] : []
        :
        [
            .. space.Users.Select(id => new JsonObject { ["type"] = "user", ["userKey"] = id }), .. space.Groups.Select(id => new JsonObject { ["type"] = "group", ["name"] = id }),
        ];
        return new Outcome(200, new JsonArray([.. subjects.Select(subject => (JsonNode)Row(space, "read", "space", subject)), Row(space, "create", "page", new JsonObject { ["type"] = "group", ["name"] = Everybody })]));
    }

    private static JsonObject Row(Space space, string key, string target, JsonObject subject) => new()
    {
        ["operation"] = new JsonObject { ["targetType"] = target, ["operationKey"] = key }, ["subject"] = subject, ["spaceKey"] = space.Key,
    };

    private IReadOnlyList<Space> SpacesOf(CallSeen call) => [.. world.Spaces.Values.Where(space => call.Query["spaceKey"] is { Count: 0 } || call.Query["spaceKey"].Contains(space.Key))];

    private List<Content> Listed(CallSeen call)
    {
        var space = SpaceOf(call.Find("spaceKey"));
        return [.. world.Contents.Values.Where(content => content.SpaceId == space.Id && content.Kind == call.Find("type") && content.Status == "current").OrderBy(content => content.Id, StringComparer.Ordinal)];
    }

    private List<object> Found(CallSeen call)
    {
        var cql = Cql.Parse(call.Find("cql"));
        bool Fits(Content content, string type, DateTimeOffset modified) => content.Status == "current" && (cql.Types.Count == 0 || cql.Types.Contains(type)) && (cql.Ids.Count == 0 || cql.Ids.Contains(content.Id))
            && (cql.Spaces.Count == 0 || cql.Spaces.Contains(world.Spaces[content.SpaceId].Key)) && (cql.Within is not { } within || modified >= site.Time.GetUtcNow() - within)
            && (site.IndexedUntil is not { } until || content.Created <= until);
        return
        [
            .. world.Contents.Values.Where(content => Fits(content, content.Kind, content.Modified)),
            .. cql.Ids.Count > 0 ? [] : world.Comments.Values.Where(comment => Fits(comment.On, "comment", comment.Modified)),
            .. cql.Ids.Count > 0 ? [] : world.Attachments.Values.Where(attachment => Fits(attachment.On, "attachment", attachment.Modified)),
        ];
    }

    private JsonObject ShowAny(object one, HashSet<string> expand) => one switch { Content content => Show(content, expand), Comment comment => Show(comment), _ => Show((Attachment)one) };

    private JsonObject Show(Content content, HashSet<string> expand)
    {
        var (space, above) = (world.Spaces[content.SpaceId], world.Upwards(content).Skip(1).Reverse());
        var shown = new JsonObject
        {
            ["id"] = content.Id, ["type"] = content.Kind, ["status"] = content.Status, ["title"] = content.Title, ["_links"] = new JsonObject { ["webui"] = $"/pages/viewpage.action?pageId={content.Id}" },
        };
        Add("space", () => new JsonObject { ["id"] = int.Parse(space.Id, CultureInfo.InvariantCulture), ["key"] = space.Key });
        Add("version", () => VersionOf(content.Version, content.Modified));
        Add("ancestors", () => new JsonArray([.. above.Select(one => (JsonNode)new JsonObject { ["id"] = one.Id, ["type"] = one.Kind, ["status"] = one.Status })]));
        if (expand.Contains("body.storage"))
        {
            shown["body"] = BodyOf(content.Body);
        }

        if (expand.Contains("metadata.labels"))
        {
            shown["metadata"] = new JsonObject { ["labels"] = Cut([.. content.Labels.Select(label => new JsonObject { ["name"] = label })], 0, Expanded) };
            shown["children"] = new JsonObject { ["comment"] = Cut([.. content.Comments.Select(Show)], 0, 25), ["attachment"] = Cut([.. content.Attachments.Select(Show)], 0, 25) };
        }

        if (expand.Contains("restrictions.read.restrictions.user"))
        {
            shown["restrictions"] = new JsonObject { ["read"] = new JsonObject { ["operation"] = "read", ["restrictions"] = Restrictions(content, 0, Expanded) } };
        }

        return shown;

        void Add(string name, Func<JsonNode> value)
        {
            if (expand.Contains(name))
            {
                shown[name] = value();
            }
        }
    }

    private static JsonObject Show(Comment comment) => new()
    {
        ["id"] = comment.Id, ["type"] = "comment", ["status"] = "current", ["container"] = new JsonObject { ["id"] = comment.On.Id, ["type"] = comment.On.Kind }, ["version"] = VersionOf(comment.Version, comment.Modified),
        ["history"] = new JsonObject { ["createdBy"] = new JsonObject { ["userKey"] = comment.Author }, ["createdDate"] = Text(comment.Modified) }, ["body"] = BodyOf(comment.Body),
    };

    private static JsonObject Show(Attachment attachment) => new()
    {
        ["id"] = attachment.Id, ["type"] = "attachment", ["status"] = "current", ["title"] = attachment.FileName, ["container"] = new JsonObject { ["id"] = attachment.On.Id, ["type"] = attachment.On.Kind },
        ["version"] = VersionOf(attachment.Version, attachment.Modified), ["extensions"] = new JsonObject { ["mediaType"] = attachment.MediaType, ["fileSize"] = attachment.Bytes.Length },
        ["_links"] = new JsonObject { ["download"] = $"/download/attachments/{attachment.On.Id}/{Uri.EscapeDataString(attachment.FileName)}", ["webui"] = $"/pages/viewpage.action?pageId={attachment.On.Id}" },
    };

    private static JsonObject Restrictions(Content content, int start, int limit) => new()
    {
        ["user"] = Cut([.. content.Users.Order(StringComparer.Ordinal).Select(id => new JsonObject { ["type"] = "known", ["username"] = id, ["userKey"] = id })], start, limit),
        ["group"] = Cut([.. content.Groups.Order(StringComparer.Ordinal).Select(id => new JsonObject { ["type"] = "group", ["name"] = id })], start, limit),
    };

    private static JsonObject Cut(IReadOnlyList<JsonObject> all, int start, int limit)
    {
        var page = all.Skip(start).Take(limit).ToArray<JsonNode>();
        return new JsonObject { ["results"] = new JsonArray(page), ["start"] = start, ["limit"] = limit, ["size"] = page.Length };
    }

    private JsonObject Page<T>(CallSeen call, IReadOnlyList<T> all, Func<T, JsonObject> show) => Paging.ByOffset(call, all, one => show(one), site.LongestPage, most: 500, usual: 25);

    /// <summary>A name with a slash is not found (facts §1.6).</summary>
    private IReadOnlyList<Account> MembersOf(string group) => group == Everybody ? [.. world.Accounts.Values.Where(account => account.IsActive)]
        : world.Groups.GetValueOrDefault(group) is { } known ? world.MembersOf(known) : throw new NotThereException();

    private Space SpaceOf(string key) => world.Spaces.Values.FirstOrDefault(space => space.Key == key) ?? throw new NotThereException();

    private Content ContentOf(string id) => world.Contents.GetValueOrDefault(id) ?? throw new NotThereException();

    private static int StartOf(CallSeen call) => call.Find("start") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static JsonObject BodyOf(string body) => new() { ["storage"] = new JsonObject { ["representation"] = "storage", ["value"] = body } };

    private static JsonObject VersionOf(int number, DateTimeOffset at) => new() { ["number"] = number, ["when"] = Text(at) };

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
