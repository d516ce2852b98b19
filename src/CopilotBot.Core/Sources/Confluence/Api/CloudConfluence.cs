using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence.Api;

/// <summary>
/// Confluence Cloud: listings and bodies by v2; search, restrictions, groups and permission checks by v1, which v2 does not have (facts/sources.md §1.1). Arrays are
/// repeated parameters.
/// </summary>
internal sealed class CloudConfluence(SourceHttp http) : IConfluenceApi
{
    private const string V2 = "/wiki/api/v2";

    private const string V1 = "/wiki/rest/api";

    /// <summary>Ids that one search names: a longer address is refused on its way.</summary>
    private const int IdsPerSearch = 50;

    private const int SpacesPerListing = 100;

    private const string NoRoles = "PRE_ROLES";

    private const string OnlyRoles = "ROLES";

    private static readonly string[] AnyStatus = ["current", "archived", "trashed", "deleted"];

    private readonly ConfluencePaging _paging = new(http);

    public async Task<string> GetAccountAsync(CancellationToken cancellationToken)
    {
        var user = await http.GetAsync($"{V1}/user/current", cancellationToken);
        return user.Text("displayName") is { Length: > 0 } name ? name : user.Text("accountId");
    }

    public async Task<IReadOnlyList<SpaceRef>> GetSpacesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var wanted = string.Concat(keys.Select(key => $"&keys={Uri.EscapeDataString(key)}"));
        var spaces = new List<SpaceRef>();
        await foreach (var space in _paging.ListAsync($"{V2}/spaces?limit=250&status=current{wanted}", cancellationToken))
        {
            spaces.Add(new SpaceRef(space.Text("id"), space.Text("key"), space.Text("name")));
        }

        return [.. spaces, .. SpaceRef.Missing(keys, spaces)];
    }

    public async Task<SpaceReaders> GetSpaceReadersAsync(SpaceRef space, CancellationToken cancellationToken)
    {
        var mode = await GetRoleModeAsync(cancellationToken);
        var principals = mode == NoRoles ? await GetPermittedAsync(space, cancellationToken) : await GetRoleHoldersAsync(space, cancellationToken);
        if (mode is not NoRoles and not OnlyRoles)
        {
            // On the way from one to the other: only whom both let in.
            principals.IntersectWith(await GetPermittedAsync(space, cancellationToken));
        }

        return new SpaceReaders(
            [.. principals.Where(principal => principal.Kind == "user").Select(principal => principal.Id)],
            [.. principals.Where(principal => principal.Kind == "group").Select(principal => principal.Id)],
            principals.Contains(("class", "all-licensed-users")),
            principals.Contains(("class", "anonymous-users")));
    }

    public async IAsyncEnumerable<ContentRef> ListAsync(SpaceRef space, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (path, kind) in new[] { ("pages", ContentKind.Page), ("blogposts", ContentKind.BlogPost) })
        {
            await foreach (var content in _paging.ListAsync($"{V2}/spaces/{space.Id}/{path}?limit=250&status=current", cancellationToken))
            {
                yield return Parse(content, kind);
            }
        }
    }

    public async IAsyncEnumerable<(string Id, Readers Readers)> ListRestrictionsAsync(SpaceRef space, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cql = Uri.EscapeDataString($"space = \"{space.Key.Replace("\"", "\\\"", StringComparison.Ordinal)}\" and type in (page,blogpost)");
        var path = $"{V1}/content/search?cql={cql}&limit=100&expand=restrictions.read.restrictions.user,restrictions.read.restrictions.group";
        await foreach (var content in _paging.ListAsync(path, cancellationToken))
        {
            var restrictions = content.Get("restrictions", "read", "restrictions");
            var id = content.Text("id");
            yield return restrictions.ValueKind != JsonValueKind.Object || IsCut(restrictions.Get("user")) || IsCut(restrictions.Get("group"))
                ? (id, await GetRestrictionAsync(id, cancellationToken))
                : (id, ParseReaders(restrictions));
        }
    }

    public async IAsyncEnumerable<ContentChange> GetChangesAsync(IReadOnlyList<SpaceRef> spaces, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in spaces.Chunk(SpacesPerListing))
        {
            var ids = string.Concat(some.Select(space => $"&space-id={space.Id}"));
            foreach (var (path, kind) in new[] { ("pages", ContentKind.Page), ("blogposts", ContentKind.BlogPost) })
            {
                await foreach (var content in NewestAsync($"{V2}/{path}?limit=50&status=current&sort=-modified-date{ids}", since, cancellationToken))
                {
                    var page = Parse(content, kind);
                    yield return new ContentChange(page.Id, kind, page, page.Modified);
                }
            }
        }

        foreach (var path in new[] { "footer-comments", "inline-comments", "attachments" })
        {
            await foreach (var part in NewestAsync($"{V2}/{path}?limit=50&sort=-modified-date", since, cancellationToken))
            {
                var (page, blog) = (part.Text("pageId"), part.Text("blogPostId"));
                if (page.Length + blog.Length > 0)
                {
                    yield return new ContentChange(page.Length > 0 ? page : blog, page.Length > 0 ? ContentKind.Page : ContentKind.BlogPost, null, ModifiedOf(part));
                }
            }
        }
    }

    public async Task<IReadOnlyList<ContentBody>> GetBodiesAsync(ContentKind kind, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var wanted = string.Concat(ids.Select(id => $"&id={id}")) + string.Concat(AnyStatus.Where(status => kind == ContentKind.Page || status != "archived").Select(status => $"&status={status}"));
        var bodies = new List<ContentBody>();
        await foreach (var content in _paging.ListAsync($"{V2}/{(kind == ContentKind.Page ? "pages" : "blogposts")}?limit=250&body-format=storage{wanted}", cancellationToken))
        {
            bodies.Add(new ContentBody(Parse(content, kind), content.Text("body", "storage", "value")));
        }

        return bodies;
    }

    public async Task<IReadOnlyDictionary<string, ContentExtras>> GetExtrasAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var extras = new Dictionary<string, ContentExtras>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(IdsPerSearch))
        {
            var cql = Uri.EscapeDataString($"id in ({string.Join(',', some)})");
            await foreach (var content in _paging.ListAsync($"{V1}/content/search?cql={cql}&limit={IdsPerSearch}&expand=metadata.labels,childTypes.all", cancellationToken))
            {
                var children = content.Get("childTypes");
                var labels = content.Get("metadata", "labels");
                if (children.ValueKind == JsonValueKind.Object && labels.ValueKind == JsonValueKind.Object && !IsCut(labels))
                {
                    extras[content.Text("id")] = new ContentExtras(LabelsOf(labels), IsTrue(children.Get("comment", "value")), IsTrue(children.Get("attachment", "value")));
                }
            }
        }

        return extras;
    }

    public async Task<IReadOnlyList<string>> GetLabelsAsync(ContentRef content, CancellationToken cancellationToken)
    {
        var labels = new List<string>();
        await foreach (var label in _paging.ListAsync($"{V2}/{PathOf(content.Kind)}/{content.Id}/labels?limit=250", cancellationToken))
        {
            labels.Add(label.Text("name"));
        }

        return labels;
    }

    public async Task<IReadOnlyList<PageComment>> GetCommentsAsync(ContentRef content, CancellationToken cancellationToken)
    {
        var comments = new List<PageComment>();
        foreach (var kind in new[] { "footer-comments", "inline-comments" })
        {
            await foreach (var comment in _paging.ListAsync($"{V2}/{PathOf(content.Kind)}/{content.Id}/{kind}?limit=250&body-format=storage", cancellationToken))
            {
                comments.Add(new PageComment(comment.Text("id"), comment.Text("version", "authorId"), ModifiedOf(comment), comment.Text("body", "storage", "value")));
            }
        }

        return [.. comments.OrderBy(comment => comment.Created)];
    }

    public async Task<IReadOnlyList<PageAttachment>> GetAttachmentsAsync(ContentRef content, CancellationToken cancellationToken)
    {
        var attachments = new List<PageAttachment>();
        await foreach (var file in _paging.ListAsync($"{V2}/{PathOf(content.Kind)}/{content.Id}/attachments?limit=250&status=current", cancellationToken))
        {
            var download = file.Text("downloadLink");
            attachments.Add(new PageAttachment(
                file.Text("id"), file.Text("title"), file.Text("mediaType"), long.TryParse(file.Text("fileSize"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0, file.Text("version", "number"),
                ModifiedOf(file), download.StartsWith('/') && !download.StartsWith("/wiki/", StringComparison.Ordinal) ? "/wiki" + download : download, file.Text("webuiLink")));
        }

        return attachments;
    }

    public Task<byte[]> DownloadAsync(PageAttachment attachment, long maximumBytes, CancellationToken cancellationToken) => http.DownloadAsync(attachment.Download, maximumBytes, cancellationToken);

    public async Task<ContentRef?> FindAsync(string id, string kind, CancellationToken cancellationToken)
    {
        var (path, parsed) = kind switch
        {
            "page" => ("pages", ContentKind.Page),
            "blogpost" => ("blogposts", ContentKind.BlogPost),
            "folder" => ("folders", ContentKind.Other),
            "whiteboard" => ("whiteboards", ContentKind.Other),
            "database" => ("databases", ContentKind.Other),
            "embed" => ("embeds", ContentKind.Other),
            _ => ("", ContentKind.Other),
        };
        if (path.Length == 0)
        {
            return null;
        }

        try
        {
            return Parse(await http.GetAsync($"{V2}/{path}/{id}{(parsed == ContentKind.Page ? "?status=current&status=archived&status=trashed&status=deleted&status=draft" : "")}", cancellationToken), parsed);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden or SourceFault.Gone)
        {
            return null;
        }
    }

    public Task<Readers> GetRestrictionAsync(string id, CancellationToken cancellationToken) => _paging.ReadRestrictionAsync($"{V1}/content/{id}", ParseReaders, cancellationToken);

    public async Task<IReadOnlyList<SitePerson>> GetPeopleAsync(CancellationToken cancellationToken)
    {
        var people = new List<SitePerson>();
        await foreach (var found in _paging.ListByOffsetAsync($"{V1}/search/user?cql=type%3Duser&sitePermissionTypeFilter=all", 100, cancellationToken))
        {
            var user = found.Get("user");
            if (user.Text("accountType") == "atlassian" && user.Text("accountId").Length > 0)
            {
                people.Add(new SitePerson(
                    user.Text("accountId"), user.Text("displayName") is { Length: > 0 } name ? name : user.Text("publicName"), user.Text("email") is { Length: > 0 } email ? email : null,
                    IsTrue(user.Get("isGuest")) || IsTrue(user.Get("isExternalCollaborator")) || IsTrue(user.Get("externalCollaborator"))));
            }
        }

        return people;
    }

    public async Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        try
        {
            await foreach (var user in _paging.ListByOffsetAsync($"{V1}/group/{Uri.EscapeDataString(group)}/membersByGroupId", 200, cancellationToken))
            {
                members.Add(user.Text("accountId"));
            }
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            return [];
        }

        return members;
    }

    public async Task<bool?> MayViewAsync(string accountId, string contentId, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["subject"] = new JsonObject { ["type"] = "user", ["identifier"] = accountId }, ["operation"] = "read" };
        try
        {
            var answer = await http.PostAsync($"{V1}/content/{contentId}/permission/check", body, cancellationToken);
            return answer.Get("hasPermission").ValueKind is JsonValueKind.True or JsonValueKind.False ? IsTrue(answer.Get("hasPermission")) : null;
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            return false;
        }
    }

    /// <summary>Newest first; what comes behind the first that is older is older too.</summary>
    private async IAsyncEnumerable<JsonElement> NewestAsync(string path, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in _paging.ListAsync(path, cancellationToken))
        {
            if (ModifiedOf(item) < since)
            {
                yield break;
            }

            yield return item;
        }
    }

    private async Task<string> GetRoleModeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync($"{V2}/space-role-mode", cancellationToken)).Text("mode");
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden or SourceFault.Refused)
        {
            return NoRoles; // a site that has none yet
        }
    }

    private async Task<HashSet<(string Kind, string Id)>> GetPermittedAsync(SpaceRef space, CancellationToken cancellationToken)
    {
        var principals = new HashSet<(string, string)>();
        await foreach (var permission in _paging.ListAsync($"{V2}/spaces/{space.Id}/permissions?limit=250", cancellationToken))
        {
            if (permission.Text("operation", "key") == "read" && permission.Text("operation", "targetType") == "space")
            {
                var (type, id) = (permission.Text("principal", "type"), permission.Text("principal", "id"));
                principals.Add((type == "role" ? "class" : type, id));
            }
        }

        return principals;
    }

    private async Task<HashSet<(string Kind, string Id)>> GetRoleHoldersAsync(SpaceRef space, CancellationToken cancellationToken)
    {
        var reading = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var role in _paging.ListAsync($"{V2}/space-roles?space-id={space.Id}&limit=100", cancellationToken))
        {
            if (role.Items("spacePermissions").Any(permission => permission.GetString()?.StartsWith("read/space", StringComparison.Ordinal) == true))
            {
                reading.Add(role.Text("id"));
            }
        }

        var principals = new HashSet<(string, string)>();
        await foreach (var assignment in _paging.ListAsync($"{V2}/spaces/{space.Id}/role-assignments?limit=100", cancellationToken))
        {
            var kind = assignment.Text("principal", "principalType") switch { "USER" => "user", "GROUP" => "group", "ACCESS_CLASS" => "class", _ => "unknown" };
            if (reading.Contains(assignment.Text("roleId")))
            {
                principals.Add((kind, assignment.Text("principal", "principalId")));
            }
        }

        return principals;
    }

    private static ContentRef Parse(JsonElement content, ContentKind kind) => new(
        content.Text("id"), kind, content.Text("spaceId"), content.Text("parentId"), content.Text("parentType"), content.Text("status"), content.Text("title"),
        int.TryParse(content.Text("version", "number"), CultureInfo.InvariantCulture, out var version) ? version : 0, ModifiedOf(content), content.Text("_links", "webui"));

    private static DateTimeOffset ModifiedOf(JsonElement content) => content.Get("version", "createdAt").ValueKind == JsonValueKind.String ? content.Time("version", "createdAt") : content.Time("createdAt");

    /// <summary>Entries without an id stay: they let nobody in, but a list that holds them restricts.</summary>
    private static Readers ParseReaders(JsonElement restrictions) => new(
        [.. restrictions.Items("user", "results").Select(user => user.Text("accountId"))],
        [.. restrictions.Items("group", "results").Select(group => group.Text("id"))]);

    private static IReadOnlyList<string> LabelsOf(JsonElement labels) => [.. labels.Items("results").Select(label => label.Text("name"))];

    /// <summary>There may be more than the answer holds.</summary>
    private static bool IsCut(JsonElement list) => list.Text("_links", "next").Length > 0 || (int.TryParse(list.Text("limit"), out var limit) && list.Items("results").Count() >= limit);

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True;

    private static string PathOf(ContentKind kind) => kind == ContentKind.BlogPost ? "blogposts" : "pages";
}
