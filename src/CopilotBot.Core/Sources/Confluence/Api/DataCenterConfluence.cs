using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence.Api;

/// <summary>
/// Confluence Data Center by REST v1. Accounts are user keys and groups are names, which restrictions and permissions both use (facts/sources.md §1.6); who may view a
/// space can be read from 9.1 on.
/// </summary>
internal sealed class DataCenterConfluence(SourceHttp http, TimeProvider time) : IConfluenceApi
{
    private const string Root = "/rest/api";

    private const int Listed = 100;

    private const int IdsPerSearch = 50;

    private const string Place = "version,ancestors,space";

    private const string Restrictions = "restrictions.read.restrictions.user,restrictions.read.restrictions.group";

    private readonly ConfluencePaging _paging = new(http);

    private static readonly (string Name, ContentKind Kind)[] Kinds = [("page", ContentKind.Page), ("blogpost", ContentKind.BlogPost)];

    public async Task<string> GetAccountAsync(CancellationToken cancellationToken)
    {
        var user = await http.GetAsync($"{Root}/user/current", cancellationToken);
        return user.Text("displayName") is { Length: > 0 } name ? name : user.Text("username");
    }

    public async Task<IReadOnlyList<SpaceRef>> GetSpacesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var wanted = string.Concat(keys.Select(key => $"&spaceKey={Uri.EscapeDataString(key)}"));
        var spaces = new List<SpaceRef>();
        await foreach (var space in _paging.ListByOffsetAsync($"{Root}/space?status=current{wanted}", Listed, cancellationToken))
        {
            spaces.Add(new SpaceRef(space.Text("id"), space.Text("key"), space.Text("name")));
        }

        return [.. spaces, .. SpaceRef.Missing(keys, spaces)];
    }

    /// <summary>Answers 500 instead of 403 to whoever may not know (CONFSERVER-99908): that too lets nobody in.</summary>
    public async Task<SpaceReaders> GetSpaceReadersAsync(SpaceRef space, CancellationToken cancellationToken)
    {
        var path = $"{Root}/space/{Uri.EscapeDataString(space.Key)}/permissions";
        try
        {
            var reading = Reading(await http.GetAsync(path, cancellationToken)).ToList();
            return new SpaceReaders(
                [.. reading.Where(row => row.Text("subject", "type") == "user").Select(row => row.Text("subject", "userKey")).Where(key => key.Length > 0)],
                [.. reading.Where(row => row.Text("subject", "type") == "group").Select(row => row.Text("subject", "name")).Where(name => name.Length > 0)],
                IsForLicensed: false,
                Reading(await http.GetAsync($"{path}/anonymous", cancellationToken)).Any());
        }
        catch (SourceHttpException exception) when (exception.Fault == SourceFault.Unavailable)
        {
            throw new SourceHttpException(SourceFault.Forbidden, exception.Message);
        }
    }

    public async IAsyncEnumerable<ContentRef> ListAsync(SpaceRef space, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (name, kind) in Kinds)
        {
            await foreach (var content in _paging.ListByOffsetAsync($"{Root}/content?type={name}&spaceKey={Uri.EscapeDataString(space.Key)}&status=current&expand={Place}", Listed, cancellationToken))
            {
                yield return Parse(content, kind);
            }
        }
    }

    public async IAsyncEnumerable<(string Id, Readers Readers)> ListRestrictionsAsync(SpaceRef space, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (name, _) in Kinds)
        {
            var path = $"{Root}/content?type={name}&spaceKey={Uri.EscapeDataString(space.Key)}&status=current&expand={Restrictions}";
            await foreach (var content in _paging.ListByOffsetAsync(path, Listed, cancellationToken))
            {
                var restrictions = content.Get("restrictions", "read", "restrictions");
                var id = content.Text("id");
                yield return restrictions.ValueKind != JsonValueKind.Object || IsCut(restrictions.Get("user")) || IsCut(restrictions.Get("group"))
                    ? (id, await GetRestrictionAsync(id, cancellationToken))
                    : (id, ParseReaders(restrictions));
            }
        }
    }

    /// <summary>By minutes before the site's own now: literals of time have no zone (facts/sources.md §0.3).</summary>
    public async IAsyncEnumerable<ContentChange> GetChangesAsync(IReadOnlyList<SpaceRef> spaces, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((time.GetUtcNow() - since).TotalMinutes) + 1);
        foreach (var some in spaces.Chunk(IdsPerSearch))
        {
            var keys = string.Join(',', some.Select(space => $"\"{space.Key}\""));
            var cql = Uri.EscapeDataString($"space in ({keys}) and type in (page,blogpost,comment,attachment) and lastmodified >= now(\"-{minutes.ToString(CultureInfo.InvariantCulture)}m\") order by lastmodified asc");
            await foreach (var content in _paging.ListByOffsetAsync($"{Root}/content/search?cql={cql}&expand={Place},container", Listed, cancellationToken))
            {
                var holder = content.Text("type") is "comment" or "attachment" ? content.Get("container") : content;
                if (KindOf(holder.Text("type")) is { } kind && holder.Text("id").Length > 0)
                {
                    var page = holder.Text("id") == content.Text("id") ? Parse(content, kind) : null;
                    yield return new ContentChange(holder.Text("id"), kind, page, content.Time("version", "when"));
                }
            }
        }
    }

    public async Task<IReadOnlyList<ContentBody>> GetBodiesAsync(ContentKind kind, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var bodies = new Dictionary<string, ContentBody>(StringComparer.Ordinal);
        if (ids.Count > 1)
        {
            var cql = Uri.EscapeDataString($"id in ({string.Join(',', ids)})");
            await foreach (var content in _paging.ListByOffsetAsync($"{Root}/content/search?cql={cql}&expand={Place},body.storage", IdsPerSearch, cancellationToken))
            {
                if (KindOf(content.Text("type")) == kind)
                {
                    bodies[content.Text("id")] = new ContentBody(Parse(content, kind), content.Text("body", "storage", "value"));
                }
            }
        }

        // What the search does not show: new, archived, in the bin, or gone.
        foreach (var id in ids.Where(id => !bodies.ContainsKey(id)))
        {
            if (await TryGetAsync($"{Root}/content/{id}?status=any&expand={Place},body.storage", cancellationToken) is { } content && KindOf(content.Text("type")) == kind)
            {
                bodies[id] = new ContentBody(Parse(content, kind), content.Text("body", "storage", "value"));
            }
        }

        return [.. bodies.Values];
    }

    public async Task<IReadOnlyDictionary<string, ContentExtras>> GetExtrasAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var extras = new Dictionary<string, ContentExtras>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(IdsPerSearch))
        {
            var cql = Uri.EscapeDataString($"id in ({string.Join(',', some)})");
            await foreach (var content in _paging.ListByOffsetAsync($"{Root}/content/search?cql={cql}&expand=metadata.labels,children.comment,children.attachment", IdsPerSearch, cancellationToken))
            {
                var (labels, children) = (content.Get("metadata", "labels"), content.Get("children"));
                if (labels.ValueKind == JsonValueKind.Object && !IsCut(labels) && children.Get("comment").ValueKind == JsonValueKind.Object && children.Get("attachment").ValueKind == JsonValueKind.Object)
                {
                    extras[content.Text("id")] = new ContentExtras(
                        [.. labels.Items("results").Select(label => label.Text("name"))], children.Items("comment", "results").Any(), children.Items("attachment", "results").Any());
                }
            }
        }

        return extras;
    }

    public async Task<IReadOnlyList<string>> GetLabelsAsync(ContentRef content, CancellationToken cancellationToken)
    {
        var labels = new List<string>();
        await foreach (var label in _paging.ListByOffsetAsync($"{Root}/content/{content.Id}/label", Listed, cancellationToken))
        {
            labels.Add(label.Text("name"));
        }

        return labels;
    }

    public async Task<IReadOnlyList<PageComment>> GetCommentsAsync(ContentRef content, CancellationToken cancellationToken)
    {
        var comments = new List<PageComment>();
        await foreach (var comment in _paging.ListByOffsetAsync($"{Root}/content/{content.Id}/child/comment?depth=all&expand=body.storage,version,history", Listed, cancellationToken))
        {
            comments.Add(new PageComment(comment.Text("id"), comment.Text("history", "createdBy", "userKey"), comment.Time("history", "createdDate"), comment.Text("body", "storage", "value")));
        }

        return [.. comments.OrderBy(comment => comment.Created)];
    }

    public async Task<IReadOnlyList<PageAttachment>> GetAttachmentsAsync(ContentRef content, CancellationToken cancellationToken)
    {
        var attachments = new List<PageAttachment>();
        await foreach (var file in _paging.ListByOffsetAsync($"{Root}/content/{content.Id}/child/attachment?expand=version", Listed, cancellationToken))
        {
            attachments.Add(new PageAttachment(
                file.Text("id"), file.Text("title"), file.Text("extensions", "mediaType"), long.TryParse(file.Text("extensions", "fileSize"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0,
                file.Text("version", "number"), file.Time("version", "when"), file.Text("_links", "download"), file.Text("_links", "webui")));
        }

        return attachments;
    }

    public Task<byte[]> DownloadAsync(PageAttachment attachment, long maximumBytes, CancellationToken cancellationToken) => http.DownloadAsync(attachment.Download, maximumBytes, cancellationToken);

    public async Task<ContentRef?> FindAsync(string id, string kind, CancellationToken cancellationToken) =>
        await TryGetAsync($"{Root}/content/{id}?status=any&expand={Place}", cancellationToken) is { } content ? Parse(content, KindOf(content.Text("type")) ?? ContentKind.Other) : null;

    public Task<Readers> GetRestrictionAsync(string id, CancellationToken cancellationToken) => _paging.ReadRestrictionAsync($"{Root}/content/{id}", ParseReaders, cancellationToken);

    /// <summary>The members of all groups: there is no list of all people. Who is in no group reads nothing but what names them, and is found by no name either.</summary>
    public async Task<IReadOnlyList<SitePerson>> GetPeopleAsync(CancellationToken cancellationToken)
    {
        var people = new Dictionary<string, SitePerson>(StringComparer.Ordinal);
        var groups = new List<string>();
        await foreach (var group in _paging.ListByOffsetAsync($"{Root}/group", Listed, cancellationToken))
        {
            groups.Add(group.Text("name"));
        }

        foreach (var group in groups)
        {
            await foreach (var user in MembersAsync(group, cancellationToken))
            {
                people[user.Text("userKey")] = new SitePerson(user.Text("userKey"), user.Text("displayName"), user.Text("email") is { Length: > 0 } email ? email : null, IsGuest: false);
            }
        }

        return [.. people.Values];
    }

    public async Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken)
    {
        var members = new List<string>();
        await foreach (var user in MembersAsync(group, cancellationToken))
        {
            members.Add(user.Text("userKey"));
        }

        return members;
    }

    public Task<bool?> MayViewAsync(string accountId, string contentId, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);

    private async IAsyncEnumerable<JsonElement> MembersAsync(string group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var members = new List<JsonElement>();
        try
        {
            await foreach (var user in _paging.ListByOffsetAsync($"{Root}/group/{Uri.EscapeDataString(group)}/member", Listed, cancellationToken))
            {
                members.Add(user);
            }
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            members.Clear(); // deleted meanwhile, or a name with a slash, which the site does not find: nobody is let in by it
        }

        foreach (var member in members.Where(user => user.Text("userKey").Length > 0 && user.Text("type") is "known" or ""))
        {
            yield return member;
        }
    }

    private async Task<JsonElement?> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetAsync(path, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden)
        {
            return null;
        }
    }

    /// <summary>What anyone may do is told as operations alone, what users and groups may as operations with a subject.</summary>
    private static IEnumerable<JsonElement> Reading(JsonElement rows) => rows.ValueKind == JsonValueKind.Array
        ? rows.EnumerateArray().Where(row => (row.Get("operation") is { ValueKind: JsonValueKind.Object } operation ? operation : row) is var told && told.Text("operationKey") == "read" && told.Text("targetType") == "space")
        : [];

    private static ContentRef Parse(JsonElement content, ContentKind kind)
    {
        var parent = content.Items("ancestors").LastOrDefault();
        return new ContentRef(
            content.Text("id"), kind, content.Text("space", "id"), parent.Text("id"), parent.Text("type"), content.Text("status"), content.Text("title"),
            int.TryParse(content.Text("version", "number"), CultureInfo.InvariantCulture, out var version) ? version : 0, content.Time("version", "when"), content.Text("_links", "webui"));
    }

    private static ContentKind? KindOf(string type) => type switch { "page" => ContentKind.Page, "blogpost" => ContentKind.BlogPost, _ => null };

    /// <summary>Entries without a key stay: they let nobody in, but a list that holds them restricts.</summary>
    private static Readers ParseReaders(JsonElement restrictions) => new(
        [.. restrictions.Items("user", "results").Select(user => user.Text("userKey"))],
        [.. restrictions.Items("group", "results").Select(group => group.Text("name"))]);

    private static bool IsCut(JsonElement list) => int.TryParse(list.Text("limit"), CultureInfo.InvariantCulture, out var limit) && list.Items("results").Count() >= limit;
}
