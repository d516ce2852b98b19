using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>What is left of REST v1 on Cloud: search, restrictions, groups, people and checks (facts §1.1); all else is gone or refused.</summary>
internal sealed class CloudV1(World world, WikiSite site)
{
    /// <summary>Users or groups that an expanded restriction shows at most.</summary>
    private const int Expanded = 200;

    private static readonly string[] Expansions = ["restrictions.read.restrictions.user", "restrictions.read.restrictions.group", "metadata.labels", "childTypes.all"];

    public Outcome Answer(CallSeen call) => call.Parts switch
    {
        ["wiki", "download", "attachments", var page, var file] => Download(call, page, file),
        ["wiki", "rest", "api", .. var rest] => (call.Method, rest) switch
        {
            ("GET", ["user", "current"]) => new Outcome(200, User("copilot", "CopilotBot", site.Email, AccountKind.Person)),
            ("GET", ["content", "search"]) => new Outcome(200, Search(call)),
            ("GET", ["content", var id, "restriction", "byOperation", "read"]) => new Outcome(200, Restriction(call, id)),
            ("POST", ["content", var id, "permission", "check"]) => new Outcome(200, Check(call, id)),
            ("GET", ["search", "user"]) => new Outcome(200, People(call)),
            ("GET", ["group", var id, "membersByGroupId"]) => new Outcome(200, Members(call, id)),
            ("GET", ["content" or "space", ..]) => throw new RuleException("gone", "§0.6, §1.1", $"{call.Path} is not offered any more", 410),
            _ => throw new RuleException("path", "confluence-cloud-api-v1.json", $"{call.Method} {call.Path} is no call", 404),
        },
        _ => throw new RuleException("path", "§1.1", $"{call.Path} is no path", 404),
    };

    /// <summary>Answers with a redirect to another host (facts §1.10).</summary>
    private Outcome Download(CallSeen call, string page, string file)
    {
        var attachment = world.Contents.GetValueOrDefault(page)?.Attachments.Find(one => one.FileName == file) ?? throw new NotThereException();
        return call.Method == "GET" ? new Outcome(302, Location: $"{site.Files}/{attachment.Id}") : throw new RuleException("method", "§1.10", "a download is a GET");
    }

    private JsonObject Search(CallSeen call)
    {
        var expand = call.Query["expand"].SelectMany(value => (value ?? "").Split(',')).ToHashSet();
        if (expand.FirstOrDefault(name => !Expansions.Contains(name)) is { } unknown)
        {
            throw new RuleException("expand", unknown.StartsWith("ancestors.restrictions", StringComparison.Ordinal) ? "§1.3" : "confluence-cloud-api-v1.json", $"{unknown} cannot be expanded here");
        }

        if (call.Find("start").Length > 0)
        {
            throw new RuleException("start", "§1.3", "the search has no start any more");
        }

        var cql = Cql.Parse(call.Find("cql"));
        var keys = world.Spaces.Values.Where(space => cql.Spaces.Contains(space.Key)).Select(space => space.Id).ToHashSet();
        var candidates = cql.Ids.Count > 0 ? cql.Ids.Select(id => world.Contents.GetValueOrDefault(id)).OfType<Content>() : world.Contents.Values;
        var found = candidates.Where(content => content.Status is "current" or "archived" && content.Kind != "folder"
            && (cql.Spaces.Count == 0 || keys.Contains(content.SpaceId)) && (cql.Types.Count == 0 || cql.Types.Contains(content.Kind))
            && (site.IndexedUntil is not { } until || content.Created <= until)
            && (cql.Within is not { } within || content.Modified >= site.Time.GetUtcNow() - within));
        var page = Paging.ByCursor(call, found, content => content.Id, content => Show(content, expand), site.LongestPage, most: 250);
        page["size"] = page["results"]!.AsArray().Count; // it was just made
        page["_links"]!["self"] = call.Path; // as above
        if (page["_links"]?["next"]?.GetValue<string>() is { } next)
        {
            page["_links"]!["next"] = next["/wiki".Length..]; // links of v1 leave the prefix out
        }

        return page;
    }

    private static JsonObject Show(Content content, HashSet<string> expand)
    {
        var shown = new JsonObject { ["id"] = content.Id, ["type"] = content.Kind, ["status"] = content.Status, ["title"] = content.Title };
        if (expand.Contains("restrictions.read.restrictions.user"))
        {
            shown["restrictions"] = new JsonObject
            {
                ["read"] = new JsonObject { ["operation"] = "read", ["restrictions"] = Restrictions(content, 0, Expanded), ["_expandable"] = new JsonObject(), ["_links"] = new JsonObject() },
                ["_expandable"] = new JsonObject(), ["_links"] = new JsonObject(),
            };
        }

        if (expand.Contains("metadata.labels"))
        {
            var labels = content.Labels.Take(Expanded).Select(label => (JsonNode)new JsonObject { ["prefix"] = "global", ["name"] = label, ["id"] = label, ["label"] = label }).ToArray();
            shown["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["results"] = new JsonArray(labels), ["start"] = 0, ["limit"] = Expanded, ["size"] = labels.Length } };
        }

        if (expand.Contains("childTypes.all"))
        {
            shown["childTypes"] = new JsonObject
            {
                ["attachment"] = new JsonObject { ["value"] = content.Attachments.Count > 0, ["_links"] = new JsonObject() },
                ["comment"] = new JsonObject { ["value"] = content.Comments.Count > 0, ["_links"] = new JsonObject() },
                ["page"] = new JsonObject { ["value"] = false, ["_links"] = new JsonObject() },
            };
        }

        return shown;
    }

    /// <summary>The content's own restriction only: what is inherited is not told (facts §1.6).</summary>
    private JsonObject Restriction(CallSeen call, string id)
    {
        var content = world.Contents.GetValueOrDefault(id) ?? throw new NotThereException();
        var limit = call.Find("limit") is { Length: > 0 } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 100;
        var start = call.Find("start") is { Length: > 0 } from ? int.Parse(from, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return limit is < 1 or > 100 ? throw new RuleException("limit", "§1.6", "restrictions come by 100 at most")
            : new JsonObject { ["operation"] = "read", ["restrictions"] = Restrictions(content, start, limit), ["_expandable"] = new JsonObject(), ["_links"] = new JsonObject { ["self"] = call.Path } };
    }

    private static JsonObject Restrictions(Content content, int start, int limit) => new()
    {
        ["user"] = Page(content.Users.Order(StringComparer.Ordinal).Select(id => (JsonNode)User(id, id, null, AccountKind.Person)).ToList(), start, limit),
        ["group"] = Page(content.Groups.Order(StringComparer.Ordinal).Select(id => (JsonNode)new JsonObject { ["type"] = "group", ["name"] = $"name of {id}", ["id"] = id }).ToList(), start, limit),
    };

    private static JsonObject Page(List<JsonNode> all, int start, int limit)
    {
        var page = all.Skip(start).Take(limit).ToArray();
        return new JsonObject { ["results"] = new JsonArray(page), ["start"] = start, ["limit"] = limit, ["size"] = page.Length };
    }

    /// <summary>Sees site, space and all restrictions (facts §1.6).</summary>
    private JsonObject Check(CallSeen call, string id)
    {
        var body = JsonNode.Parse(call.Body);
        var (type, account) = (body?["subject"]?["type"]?.GetValue<string>(), body?["subject"]?["identifier"]?.GetValue<string>());
        return type != "user" || account is null || body?["operation"]?.GetValue<string>() != "read" ? throw new RuleException("body", "confluence-cloud-api-v1.json", "a check names a user and the operation read")
            : !world.Contents.ContainsKey(id) ? throw new NotThereException()
            : new JsonObject { ["hasPermission"] = world.CanView(account, id) };
    }

    /// <summary>Guests only with sitePermissionTypeFilter=all; apps and customers are always among them (facts §1.3, §1.6).</summary>
    private JsonObject People(CallSeen call)
    {
        if (call.Find("cql") != "type=user")
        {
            throw new RuleException("cql", "§1.3", "people are searched for by type=user");
        }

        var people = world.Accounts.Values.Where(account => account.IsActive && (account.Kind != AccountKind.Guest || call.Find("sitePermissionTypeFilter") == "all")).OrderBy(account => account.Id, StringComparer.Ordinal).ToList();
        var page = Paging.ByOffset(
            call, people,
            account => new JsonObject
            {
                ["user"] = User(account.Id, account.DisplayName, account.Email, account.Kind), ["title"] = account.DisplayName, ["excerpt"] = "", ["url"] = $"/people/{account.Id}",
                ["breadcrumbs"] = new JsonArray(), ["entityType"] = "user", ["iconCssClass"] = "", ["lastModified"] = "2026-01-01T00:00:00.000Z",
            },
            site.LongestPage, most: 200, usual: 25);
        (page["totalSize"], page["cqlQuery"], page["searchDuration"]) = (people.Count, "type=user", 1);
        return page;
    }

    private JsonObject Members(CallSeen call, string id) => world.Groups.GetValueOrDefault(id) is { } group
        ? Paging.ByOffset(call, world.MembersOf(group), account => User(account.Id, account.DisplayName, account.Email, account.Kind), site.LongestPage, most: 200, usual: 200)
        : throw new NotThereException();

    private static JsonObject User(string id, string name, string? email, AccountKind kind) => new()
    {
        ["type"] = "known", ["accountId"] = id, ["accountType"] = kind switch { AccountKind.App => "app", AccountKind.Customer => "customer", _ => "atlassian" },
        ["email"] = email ?? "", ["publicName"] = name, ["displayName"] = name, ["isExternalCollaborator"] = kind == AccountKind.Guest, ["isGuest"] = kind == AccountKind.Guest,
    };
}
