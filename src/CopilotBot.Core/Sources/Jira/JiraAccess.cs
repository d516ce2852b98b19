using CopilotBot.Knowledge;
using CopilotBot.Sources.Jira.Api;

namespace CopilotBot.Sources.Jira;

/// <summary>Who may read what of a site: reads it, remembers it, and tells it as layers (facts/sources.md §2.5, §7.3).</summary>
internal sealed class JiraAccess(SourceName source, IJiraApi api, Func<CancellationToken, Task<IReadOnlyList<ProjectRef>>> projects) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);

    private readonly LayerContent _content = new(source);

    private JiraDirectory? _directory;

    /// <summary>Of the directory that is remembered: one that began to be read later has a larger one.</summary>
    private long _order;

    private long _orders;

    /// <summary>By "project:{id}" and "level:{id}": the kinds of holders that depend on the issue, as they were last told.</summary>
    private Dictionary<string, string>? _kinds;

    /// <summary>Ids of the groups whose members the last reading told.</summary>
    private HashSet<string> _groups = [];

    public async Task<AccessReading> ReadAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (_directory is null || request.Depth != AccessDepth.Items)
        {
            // Outside the gate: it takes its time, and what events ask for does not wait for it.
            var order = Interlocked.Increment(ref _orders);
            var directory = await BuildAsync(cancellationToken);
            await GateAsync(() => Task.FromResult(_order > order ? _directory : Remember(directory, order)), cancellationToken);
        }

        return await GateAsync(() => TellAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>The custom fields that have to be read of issues to tell who may see them.</summary>
    /// <param name="levels">Security levels of issues that are read.</param>
    public Task<IReadOnlyList<string>> GetFieldsAsync(IEnumerable<string> levels, CancellationToken cancellationToken) => GateAsync(async () =>
    {
        var directory = await DirectoryAsync(cancellationToken);
        foreach (var level in levels.Distinct())
        {
            await directory.GetLevelMembersAsync(level, cancellationToken);
        }

        return directory.CustomFields;
    }, cancellationToken);

    /// <summary>The layers of an issue, then by comment id the layer of each of its comments with a visibility, and that of internal notes.</summary>
    public Task<IssueLayers> TellAsync(JiraIssue issue, IReadOnlyList<JiraComment> narrow, CancellationToken cancellationToken) => GateAsync(async () =>
    {
        var directory = await DirectoryAsync(cancellationToken);
        var own = new List<AccessLayer> { await TellNowAsync(directory, await LayerContent.ProjectLayerAsync(directory, issue, cancellationToken), cancellationToken) };
        if (issue.Level.Length > 0)
        {
            own.Add(await TellNowAsync(directory, await LayerContent.LevelLayerAsync(directory, issue, cancellationToken), cancellationToken));
        }

        if (issue.Restriction is { } roles)
        {
            own.Add(await TellNowAsync(directory, LayerContent.RestrictionLayer(issue, roles), cancellationToken));
        }

        var comments = new Dictionary<string, AccessLayer>(StringComparer.Ordinal);
        foreach (var comment in narrow.Where(comment => comment.Visibility is not null))
        {
            comments[comment.Id] = await TellNowAsync(directory, LayerContent.CommentLayer(issue, comment.Visibility), cancellationToken);
        }

        return new IssueLayers(own, comments, await TellNowAsync(directory, LayerContent.CommentLayer(issue, null), cancellationToken));
    }, cancellationToken);

    /// <summary>Whether the layers of the issue, told from what is remembered of people and schemes, let the account in.</summary>
    public async Task<bool> MayViewAsync(string accountId, JiraIssue issue, CancellationToken cancellationToken)
    {
        var layers = (await TellAsync(issue, [], cancellationToken)).Own;
        var people = await GateAsync(async () => await PeopleAsync(await DirectoryAsync(cancellationToken), layers, cancellationToken), cancellationToken);
        return people.FirstOrDefault(person => person.AccountId == accountId) is { } person && layers.All(layer => layer.Principals.Any(person.Principals.Contains));
    }

    public void Dispose() => _gate.Dispose();

    private async Task<AccessReading> TellAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        var directory = await DirectoryAsync(cancellationToken);
        var inUse = request.InUse.Select(id => JiraLayer.Parse(source, id)).OfType<JiraLayer>().ToList();
        var layers = new Dictionary<LayerId, AccessLayer>();
        foreach (var layer in directory.Projects.Select(project => new JiraLayer("project", project.Id, [], [])).Concat(inUse))
        {
            layers[layer.ToId(source)] = await _content.TellAsync(directory, layer, cancellationToken);
        }

        _groups = GroupsOf(layers.Values);
        var before = _kinds;
        _kinds = await KindsAsync(directory, cancellationToken);
        return new AccessReading(
            [.. layers.Values], await PeopleAsync(directory, layers.Values, cancellationToken), new Dictionary<DocumentId, IReadOnlyList<LayerId>>(),
            Stale(directory, before, _kinds, inUse));
    }

    /// <summary>
    /// With the members beside each group that no reading of access named yet: till the next one nobody counts as a member of it, and only its members would miss the issue.
    /// </summary>
    private async Task<AccessLayer> TellNowAsync(JiraDirectory directory, JiraLayer layer, CancellationToken cancellationToken)
    {
        var told = await _content.TellAsync(directory, layer, cancellationToken);
        var members = new List<Principal>();
        foreach (var group in GroupsOf([told]).Where(group => !_groups.Contains(group)))
        {
            members.AddRange((await directory.GetMembersAsync(group, cancellationToken)).Select(member => Principal.User(source, directory.AccountOf(member))));
        }

        return told with { Principals = [.. told.Principals.Concat(members).Distinct()] };
    }

    private async Task<JiraDirectory> DirectoryAsync(CancellationToken cancellationToken) => _directory ?? Remember(await BuildAsync(cancellationToken), _order);

    private JiraDirectory Remember(JiraDirectory directory, long order)
    {
        (_directory, _order) = (directory, order);
        return directory;
    }

    private async Task<JiraDirectory> BuildAsync(CancellationToken cancellationToken)
    {
        var readable = await projects(cancellationToken);
        var directory = new JiraDirectory(api, readable, await api.GetPeopleAsync(cancellationToken));
        foreach (var project in readable.Where(project => project.Problem is null))
        {
            await directory.GetBrowsersAsync(project, cancellationToken);
        }

        return directory;
    }

    private static async Task<Dictionary<string, string>> KindsAsync(JiraDirectory directory, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var project in directory.Projects.Where(project => project.Problem is null))
        {
            kinds[$"project:{project.Id}"] = LayerContent.KindsOf(await directory.GetBrowsersAsync(project, cancellationToken));
        }

        foreach (var level in directory.Levels)
        {
            kinds[$"level:{level}"] = LayerContent.KindsOf(await directory.GetLevelMembersAsync(level, cancellationToken));
        }

        return kinds;
    }

    /// <summary>
    /// Projects whose issues name layers of other kinds than they would now. After a start nothing is known of before: then it shows by reporters, which nearly
    /// every issue has.
    /// </summary>
    private static List<string> Stale(JiraDirectory directory, Dictionary<string, string>? before, Dictionary<string, string> now, IReadOnlyList<JiraLayer> inUse)
    {
        var used = inUse.Where(layer => layer.Kind is "project" or "level").ToLookup(layer => layer.Kind == "project" ? $"project:{layer.Project}" : $"level:{layer.Rest[0]}");
        bool IsStale(string key) => before is not null
            ? before.TryGetValue(key, out var kinds) && kinds != now[key]
            : used[key].Any() && now[key].Split(',').Contains("reporter") && used[key].All(layer => layer.Dynamic.All(one => one.Holder != "reporter"));
        var changed = now.Keys.Where(IsStale).ToHashSet(StringComparer.Ordinal);
        return [.. directory.Projects.Where(project => changed.Contains($"project:{project.Id}") || inUse.Any(layer => layer.Kind == "level" && layer.Project == project.Id && changed.Contains($"level:{layer.Rest[0]}"))).Select(project => project.Id)];
    }

    /// <summary>People with the groups that some layer names; others let nobody in anywhere.</summary>
    private async Task<IReadOnlyList<Person>> PeopleAsync(JiraDirectory directory, IEnumerable<AccessLayer> layers, CancellationToken cancellationToken)
    {
        var memberships = new List<(string Account, string Group)>();
        foreach (var group in GroupsOf(layers))
        {
            memberships.AddRange((await directory.GetMembersAsync(group, cancellationToken)).Select(member => (directory.AccountOf(member), group)));
        }

        var groupsOf = memberships.Distinct().ToLookup(pair => pair.Account, pair => pair.Group);
        return
        [
            .. directory.People.Select(person => new Person(
                $"{source}:{person.AccountId}", person.AccountId, person.DisplayName, person.Email, null,
                [Principal.User(source, person.AccountId), .. groupsOf[person.AccountId].Select(group => Principal.Group(source, group)), Principal.LicensedAt(source), Principal.Anyone])),
        ];
    }

    private HashSet<string> GroupsOf(IEnumerable<AccessLayer> layers)
    {
        var prefix = Principal.Group(source, "").Value;
        return [.. layers.SelectMany(layer => layer.Principals).Select(principal => principal.Value).Where(value => value.StartsWith(prefix, StringComparison.Ordinal) && value.Length > prefix.Length).Select(value => value[prefix.Length..])];
    }

    private async Task<T> GateAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await call();
        }
        finally
        {
            _gate.Release();
        }
    }
}

/// <param name="Comments">By comment id, for visibilities alone; an internal note has <paramref name="Internal"/> besides.</param>
internal sealed record IssueLayers(IReadOnlyList<AccessLayer> Own, IReadOnlyDictionary<string, AccessLayer> Comments, AccessLayer Internal)
{
    /// <summary>Those that a comment has besides the issue's own: an internal note may have a visibility too, and then both hold.</summary>
    public IEnumerable<LayerId> LayersOf(JiraComment comment, bool isServiceProject)
    {
        if (Comments.TryGetValue(comment.Id, out var visibility))
        {
            yield return visibility.Id;
        }

        if (IssueText.IsInternal(comment, isServiceProject))
        {
            yield return Internal.Id;
        }
    }
}
