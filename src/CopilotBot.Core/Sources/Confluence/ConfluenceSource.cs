using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence;

/// <summary>Pages and blog posts of a Confluence site with their comments and attachments. What other pages include is never read through them.</summary>
internal sealed class ConfluenceSource : ILiveSource, IDisposable
{
    private static readonly TimeSpan SpacesAge = TimeSpan.FromMinutes(5);

    private readonly SourceConnection _connection;

    private readonly IConfluenceApi _api;

    private readonly ConfluenceAccess _access;

    private readonly ConfluenceDocuments _documents;

    private readonly TimeProvider _time;

    private readonly SourceGuard _guard;

    private (DateTimeOffset At, IReadOnlyList<SpaceRef> Spaces)? _spaces;

    public ConfluenceSource(SourceName name, SourceConnection connection, IConfluenceApi api, ReadAttachment readAttachment, TimeProvider time)
    {
        (Name, _connection, _api, _time, _guard) = (name, connection, api, time, new SourceGuard(name));
        _access = new ConfluenceAccess(name, api, stop => _guard.RunAsync(() => SpacesAsync(stop)));
        _documents = new ConfluenceDocuments(connection, api, readAttachment);
    }

    public SourceName Name { get; }

    public int ReadingBatch => 25;

    public Task<SourceCheck> CheckAsync(CancellationToken cancellationToken) => _guard.RunAsync(async () =>
    {
        var account = await _api.GetAccountAsync(cancellationToken);
        var spaces = await SpacesAsync(cancellationToken);
        var warnings = spaces.Where(space => space.Problem is not null).Select(space => space.Problem ?? "").ToList();
        if (spaces.FirstOrDefault(space => space.Problem is null) is not { } first)
        {
            return new SourceCheck(account, warnings, false);
        }

        if (await FindWarningAsync(() => _api.GetSpaceReadersAsync(first, cancellationToken), $"The account may not see who may read the space {first.Key}, so nobody finds anything of it: make it an administrator of its spaces.") is { } unseen)
        {
            warnings.Add(unseen);
        }

        var sample = await FirstAsync(first, cancellationToken);
        var unchecked_ = sample is null ? null : await FindWarningAsync(async () => _ = await _api.MayViewAsync("unknown", sample.Id, cancellationToken), "The account may not check permissions of others, so what is restricted is left out of answers: make it a Confluence administrator, or set Answering:Recheck:Enabled to false.");
        if (unchecked_ is not null)
        {
            warnings.Add(unchecked_);
        }

        return new SourceCheck(account, warnings, unchecked_ is null);
    });

    public Task<IReadOnlyList<SourceScope>> GetScopesAsync(CancellationToken cancellationToken) => _guard.RunAsync<IReadOnlyList<SourceScope>>(async () =>
    {
        _spaces = null;
        return [.. (await SpacesAsync(cancellationToken)).Select(space => new SourceScope(space.Id, space.Key, space.Title, Problem: space.Problem))];
    });

    public async IAsyncEnumerable<ListedItem> GetChangedAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spaces = await _guard.RunAsync(() => SpacesAsync(cancellationToken));
        var wanted = spaces.Where(space => space.Problem is null).ToList();
        var ids = wanted.Select(space => space.Id).ToHashSet(StringComparer.Ordinal);
        await foreach (var change in _guard.RunAsync(_api.GetChangesAsync(wanted, since, cancellationToken)))
        {
            var known = change.Content ?? _access.Tree.Contents.GetValueOrDefault(change.Id);
            if (known is not null && ids.Contains(known.SpaceId))
            {
                yield return new ListedItem(ConfluenceIds.Of(Name, change.Kind, change.Id), known.SpaceId, change.Content is null ? null : VersionOf(change.Content), change.Modified);
            }
        }
    }

    public async IAsyncEnumerable<ListedItem> ListAsync(SourceScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var content in _guard.RunAsync(_api.ListAsync(new SpaceRef(scope.Id, scope.Key, scope.Title), cancellationToken)))
        {
            yield return new ListedItem(ConfluenceIds.Of(Name, content), content.SpaceId, VersionOf(content), content.Modified);
        }
    }

    public async IAsyncEnumerable<ItemReading> ReadAsync(IReadOnlyList<DocumentId> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spaces = (await _guard.RunAsync(() => SpacesAsync(cancellationToken))).Where(space => space.Problem is null).Select(space => space.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var item in items.Where(item => ConfluenceIds.Parse(item) is null))
        {
            yield return new ItemReading.Gone(item, GoneReason.NotFound);
        }

        foreach (var same in items.Where(item => ConfluenceIds.Parse(item) is not null).GroupBy(item => ConfluenceIds.KindOf(ConfluenceIds.Parse(item)?.Kind ?? "")))
        {
            var bodies = new Dictionary<DocumentId, ContentBody>();
            var failures = new Dictionary<DocumentId, string>();
            await _guard.RunAsync(() => FetchAsync(same.Key, [.. same], bodies, failures, cancellationToken));
            var current = bodies.Values.Where(body => body.Content.Status == "current" && spaces.Contains(body.Content.SpaceId)).ToList();
            var tree = await _guard.RunAsync(() => _access.LearnAsync([.. current.Select(body => body.Content)], cancellationToken));
            var extras = await _guard.RunAsync(() => _documents.GetExtrasAsync(current, cancellationToken));
            foreach (var item in same)
            {
                yield return failures.TryGetValue(item, out var failure) ? new ItemReading.Failed(item, failure)
                    : !bodies.TryGetValue(item, out var body) ? new ItemReading.Gone(item, GoneReason.NotFound)
                    : body.Content.Status == "archived" ? new ItemReading.Gone(item, GoneReason.Archived)
                    : body.Content.Status != "current" ? new ItemReading.Gone(item, GoneReason.Deleted)
                    : !spaces.Contains(body.Content.SpaceId) ? new ItemReading.Gone(item, GoneReason.OutOfScope)
                    : await _documents.ReadAsync(item, body, VersionOf(body.Content), extras.GetValueOrDefault(body.Content.Id), tree.LayersOf(Name, body.Content.Id), _access.LayersOf(tree, body.Content.Id), cancellationToken);
            }
        }
    }

    public Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken) => _guard.RunAsync(() => _access.ReadAsync(request, cancellationToken));

    public async Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken)
    {
        var ids = documents.Select(document => (Document: document, Parsed: ConfluenceIds.Parse(document))).Where(pair => pair.Parsed is not null).ToLookup(pair => pair.Parsed.GetValueOrDefault(), pair => pair.Document);
        var answers = await _guard.RunAsync(() => Task.WhenAll(ids.Select(async same => (same.Key, May: _connection.Edition == SourceEdition.Cloud
            ? await _api.MayViewAsync(accountId, same.Key.Id, cancellationToken)
            : await _access.MayViewAsync(accountId, same.Key.Kind, same.Key.Id, cancellationToken)))));
        return answers.Where(answer => answer.May is not null).SelectMany(answer => ids[answer.Key].Select(document => (document, May: answer.May == true))).ToDictionary(pair => pair.document, pair => pair.May);
    }

    public void Dispose() => _access.Dispose();

    /// <summary>Equal as long as text, name and place are.</summary>
    private static string VersionOf(ContentRef content) => $"{content.Version}|{content.SpaceId}|{content.ParentId}|{content.Title}";

    /// <summary>Reads texts; a batch that the site cannot give is halved until what it cannot give stands alone.</summary>
    private async Task<bool> FetchAsync(ContentKind kind, IReadOnlyList<DocumentId> items, Dictionary<DocumentId, ContentBody> bodies, Dictionary<DocumentId, string> failures, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var body in await _api.GetBodiesAsync(kind, [.. items.Select(item => ConfluenceIds.Parse(item)?.Id ?? "")], cancellationToken))
            {
                bodies[ConfluenceIds.Of(Name, kind, body.Content.Id)] = body;
            }
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.TooLarge or SourceFault.NotFound or SourceFault.Refused && items.Count > 1)
        {
            var half = items.Count / 2;
            await FetchAsync(kind, [.. items.Take(half)], bodies, failures, cancellationToken);
            await FetchAsync(kind, [.. items.Skip(half)], bodies, failures, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.TooLarge or SourceFault.Refused)
        {
            failures[items[0]] = $"{exception.Message} It is tried again by itself.";
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            // Gone: what has no body and no failure.
        }

        return failures.Count == 0;
    }

    private async Task<IReadOnlyList<SpaceRef>> SpacesAsync(CancellationToken cancellationToken)
    {
        if (_spaces is { } known && known.At + SpacesAge > _time.GetUtcNow())
        {
            return known.Spaces;
        }

        var spaces = await _api.GetSpacesAsync(_connection.Scopes, cancellationToken);
        _spaces = (_time.GetUtcNow(), spaces);
        return spaces;
    }

    private async Task<ContentRef?> FirstAsync(SpaceRef space, CancellationToken cancellationToken)
    {
        await foreach (var content in _api.ListAsync(space, cancellationToken))
        {
            return content;
        }

        return null;
    }

    private static async Task<string?> FindWarningAsync(Func<Task> call, string warning)
    {
        try
        {
            await call();
            return null;
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Forbidden or SourceFault.NotFound or SourceFault.Refused)
        {
            return warning;
        }
    }
}
