using System.Collections.Immutable;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Confluence.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.Confluence;

/// <summary>Who may read what of a site: reads it, remembers it, and tells it as layers (facts/sources.md §1.6, §7.3).</summary>
internal sealed class ConfluenceAccess(SourceName source, IConfluenceApi api, Func<CancellationToken, Task<IReadOnlyList<SpaceRef>>> spaces) : IDisposable
{
    private const int AtOnce = 6;

    /// <summary>Held while what is remembered changes and is told; never for as long as a sweep takes.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    private readonly SemaphoreSlim _onlySweep = new(1);

    private volatile ContentTree _tree = ContentTree.Empty;

    /// <summary>Contents that were read by themselves while a sweep goes on: what it saw of them may be older.</summary>
    private HashSet<string>? _newer;

    private Directory? _directory;

    private long _directories;

    public ContentTree Tree => _tree;

    public async Task<AccessReading> ReadAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        var isCold = _directory is null;
        var readable = await spaces(cancellationToken);
        if (isCold || request.Depth == AccessDepth.Everything)
        {
            await SweepAsync([.. readable.Where(space => space.Problem is null)], cancellationToken);
        }

        if (isCold || request.Depth != AccessDepth.Items)
        {
            var order = Interlocked.Increment(ref _directories);
            var directory = await ReadDirectoryAsync(order, readable, cancellationToken);
            await InGateAsync(() => Task.FromResult(_directory = _directory?.Order > order ? _directory : directory), cancellationToken);
        }

        return await InGateAsync(
            async () =>
            {
                if (request.Depth == AccessDepth.Items)
                {
                    await RefreshAsync(request.Items, cancellationToken);
                }

                return await TellAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Reads what is missing to tell the layers of these contents, which were read just now.</summary>
    public Task<ContentTree> LearnAsync(IReadOnlyList<ContentRef> contents, CancellationToken cancellationToken) => InGateAsync(
        async () =>
        {
            _newer?.UnionWith(contents.Select(content => content.Id));
            var tree = contents.Aggregate(_tree, (tree, content) => tree.With(content));
            foreach (var content in contents)
            {
                tree = await CompleteAsync(tree, content.Id, content.Kind == ContentKind.BlogPost ? "blogpost" : "page", cancellationToken);
            }

            return _tree = tree;
        },
        cancellationToken);

    /// <summary>For sites that cannot be asked: reads the restrictions of the content and its place anew, and compares with the groups and spaces that are remembered.</summary>
    /// <returns>Null when the person is not known.</returns>
    public Task<bool?> MayViewAsync(string accountId, string kind, string id, CancellationToken cancellationToken) => InGateAsync<bool?>(
        async () =>
        {
            if (_directory is null)
            {
                return null;
            }

            foreach (var (ancestor, ancestorKind) in _tree.PathOf(id, kind).ToList())
            {
                _newer?.Add(ancestor);
                _tree = await LookAsync(_tree, ancestor, ancestorKind, cancellationToken);
            }

            _tree = await CompleteAsync(_tree, id, kind, cancellationToken);
            var told = await TellAsync(cancellationToken);
            var layers = told.Layers.ToDictionary(layer => layer.Id, layer => layer.Principals);
            return told.People.FirstOrDefault(person => person.AccountId == accountId) is { } person
                ? _tree.Contents.GetValueOrDefault(id)?.Status == "current"
                    && _tree.LayersOf(source, id).All(layer => layers.GetValueOrDefault(layer, []).Any(principal => person.Principals.Contains(principal)))
                : null;
        },
        cancellationToken);

    public IReadOnlyList<AccessLayer> LayersOf(ContentTree tree, string id) =>
        [.. tree.LayersOf(source, id).Where(layer => layer.Value.StartsWith($"{source}:page:", StringComparison.Ordinal)).Select(layer => PageLayer(tree, layer.Value[$"{source}:page:".Length..]))];

    public void Dispose()
    {
        _gate.Dispose();
        _onlySweep.Dispose();
    }

    private async Task SweepAsync(IReadOnlyList<SpaceRef> readable, CancellationToken cancellationToken)
    {
        await _onlySweep.WaitAsync(cancellationToken);
        try
        {
            await InGateAsync(() => Task.FromResult(_newer = []), cancellationToken);
            var swept = await ReadTreeAsync(readable, cancellationToken);
            await InGateAsync(() => Task.FromResult(_tree = (_newer ?? []).Aggregate(swept, (tree, id) => tree.WithAllOf(_tree, id))), cancellationToken);
        }
        finally
        {
            _newer = null;
            _onlySweep.Release();
        }
    }

    private async Task<ContentTree> ReadTreeAsync(IReadOnlyList<SpaceRef> readable, CancellationToken cancellationToken)
    {
        var (contents, restrictions) = (ImmutableDictionary.CreateBuilder<string, ContentRef>(), ImmutableDictionary.CreateBuilder<string, Readers>());
        foreach (var space in readable)
        {
            await foreach (var content in api.ListAsync(space, cancellationToken))
            {
                contents[content.Id] = content;
            }

            await foreach (var (id, readers) in api.ListRestrictionsAsync(space, cancellationToken))
            {
                restrictions[id] = readers;
            }
        }

        // The search may lag behind the listing.
        var unasked = contents.Keys.Where(id => !restrictions.ContainsKey(id)).ToList();
        await Parallel.ForEachAsync(unasked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, stop) =>
        {
            var readers = await TryGetRestrictionAsync(id, stop);
            lock (restrictions)
            {
                if (readers is not null)
                {
                    restrictions[id] = readers;
                }
            }
        });
        var tree = new ContentTree(contents.ToImmutable(), restrictions.ToImmutable(), []);

        // Folders, drafts and what else stands between pages.
        foreach (var content in contents.Values)
        {
            tree = await CompleteAsync(tree, content.Id, content.Kind == ContentKind.BlogPost ? "blogpost" : "page", cancellationToken);
        }

        return tree;
    }

    private async Task RefreshAsync(IReadOnlyList<DocumentId> items, CancellationToken cancellationToken)
    {
        var tree = _tree;
        foreach (var (kind, id) in items.Select(item => ConfluenceIds.Parse(item)).OfType<(string Kind, string Id)>())
        {
            _newer?.Add(id);
            tree = await LookAsync(tree, id, kind, cancellationToken);
            tree = await CompleteAsync(tree, id, kind, cancellationToken);
        }

        _tree = tree;
    }

    private async Task<ContentTree> CompleteAsync(ContentTree tree, string id, string kind, CancellationToken cancellationToken)
    {
        while (tree.FindMissing(id, kind) is { } missing)
        {
            tree = tree.Contents.ContainsKey(missing.Id)
                ? await TryGetRestrictionAsync(missing.Id, cancellationToken) is { } readers ? tree.With(missing.Id, readers) : tree.WithUnreadable(missing.Id)
                : await LookAsync(tree, missing.Id, missing.Kind, cancellationToken);
        }

        return tree;
    }

    private async Task<ContentTree> LookAsync(ContentTree tree, string id, string kind, CancellationToken cancellationToken) =>
        await api.FindAsync(id, kind, cancellationToken) is { } content && await TryGetRestrictionAsync(id, cancellationToken) is { } readers
            ? tree.With(content).With(id, readers)
            : tree.WithUnreadable(id);

    private async Task<T> InGateAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Readers?> TryGetRestrictionAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetRestrictionAsync(id, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden)
        {
            return null;
        }
    }

    private async Task<Directory> ReadDirectoryAsync(long order, IReadOnlyList<SpaceRef> readable, CancellationToken cancellationToken)
    {
        var layers = new Dictionary<string, SpaceReaders?>(StringComparer.Ordinal);
        foreach (var space in readable)
        {
            layers[space.Id] = space.Problem is null ? await TryGetSpaceReadersAsync(space, cancellationToken) : null;
        }

        return new Directory(order, layers, await api.GetPeopleAsync(cancellationToken), []);
    }

    /// <summary>Null, which lets nobody in, where the account may not know (facts/sources.md §1.6).</summary>
    private async Task<SpaceReaders?> TryGetSpaceReadersAsync(SpaceRef space, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetSpaceReadersAsync(space, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden)
        {
            return null;
        }
    }

    private async Task<AccessReading> TellAsync(CancellationToken cancellationToken)
    {
        var (tree, directory) = (_tree, _directory ?? Directory.Unknown);
        List<AccessLayer> layers =
        [
            .. directory.Spaces.Select(space => new AccessLayer(ContentTree.SpaceLayer(source, space.Key), PrincipalsOf(space.Value))),
            .. tree.Restrictions.Where(restriction => restriction.Value.IsRestricted).Select(restriction => PageLayer(tree, restriction.Key)),
        ];
        return new AccessReading(
            layers,
            await PeopleAsync(directory, layers, cancellationToken),
            tree.Contents.Values.Where(content => content.Kind != ContentKind.Other && content.Status == "current").ToDictionary(content => ConfluenceIds.Of(source, content), content => tree.LayersOf(source, content.Id)),
            []);
    }

    private AccessLayer PageLayer(ContentTree tree, string id)
    {
        var readers = tree.Restrictions[id];
        return new AccessLayer(ContentTree.PageLayer(source, id), [.. readers.Accounts.Select(account => Principal.User(source, account)), .. readers.Groups.Select(group => Principal.Group(source, group))]);
    }

    private List<Principal> PrincipalsOf(SpaceReaders? readers) => readers is null ? [] :
    [
        .. readers.Accounts.Select(account => Principal.User(source, account)),
        .. readers.Groups.Select(group => Principal.Group(source, group)),
        .. readers.IsForLicensed ? [Principal.LicensedAt(source)] : (Principal[])[],
        .. readers.IsForAnyone ? [Principal.Anyone, Principal.LicensedAt(source)] : (Principal[])[],
    ];

    /// <summary>People with the groups that some layer names; others let nobody in anywhere.</summary>
    private async Task<IReadOnlyList<Person>> PeopleAsync(Directory directory, List<AccessLayer> layers, CancellationToken cancellationToken)
    {
        var prefix = Principal.Group(source, "").Value;
        var groups = layers.SelectMany(layer => layer.Principals).Select(principal => principal.Value).Where(value => value.StartsWith(prefix, StringComparison.Ordinal)).Select(value => value[prefix.Length..]).Where(group => group.Length > 0).Distinct().ToList();
        foreach (var group in groups.Where(group => !directory.Members.ContainsKey(group)))
        {
            directory.Members[group] = await api.GetMembersAsync(group, cancellationToken);
        }

        var groupsOf = groups.SelectMany(group => directory.Members[group].Select(member => (Member: member, Group: group))).ToLookup(pair => pair.Member, pair => pair.Group);
        return
        [
            .. directory.People.DistinctBy(person => person.AccountId).Select(person => new Person(
                $"{source}:{person.AccountId}", person.AccountId, person.DisplayName, person.Email, null,
                [
                    Principal.User(source, person.AccountId), .. groupsOf[person.AccountId].Select(group => Principal.Group(source, group)),
                    .. person.IsGuest ? (Principal[])[] : [Principal.LicensedAt(source)], Principal.Anyone,
                ])),
        ];
    }

    /// <param name="Order">A directory that began to be read later has a larger one.</param>
    /// <param name="Spaces">By id; null where nobody is let in.</param>
    /// <param name="Members">Account ids by group, as far as it was asked for.</param>
    private sealed record Directory(long Order, IReadOnlyDictionary<string, SpaceReaders?> Spaces, IReadOnlyList<SitePerson> People, Dictionary<string, IReadOnlyList<string>> Members)
    {
        public static Directory Unknown { get; } = new(0, new Dictionary<string, SpaceReaders?>(), [], []);
    }
}
