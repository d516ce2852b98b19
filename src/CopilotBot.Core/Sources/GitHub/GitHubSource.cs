using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources.GitHub.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.GitHub;

/// <summary>Issues of GitHub repositories with their comments, without pull requests. A comment that was deleted shows when its issue is read again, not before.</summary>
internal sealed class GitHubSource : ILiveSource, IDisposable
{
    private static readonly TimeSpan RepositoriesAge = TimeSpan.FromMinutes(5);

    private readonly SourceConnection _connection;

    private readonly GitHubApi _api;

    private readonly GitHubPlaces _places;

    private readonly GitHubAccess _access;

    private readonly TimeProvider _time;

    private readonly SourceGuard _guard;

    private KnownRepositories? _repositories;

    public GitHubSource(SourceName name, SourceConnection connection, GitHubApi api, TimeProvider time)
    {
        (Name, _connection, _api, _time, _guard) = (name, connection, api, time, new SourceGuard(name, "let its token read metadata and issues of its repositories"));
        _places = new GitHubPlaces(api);
        _access = new GitHubAccess(name, api, RepositoriesAsync, time);
    }

    public SourceName Name { get; }

    /// <summary>Each takes a call or two of its own.</summary>
    public int ReadingBatch => 25;

    public Task<SourceCheck> CheckAsync(CancellationToken cancellationToken) => _guard.RunAsync(async () =>
    {
        var account = await _api.GetLoginAsync(cancellationToken);
        var repositories = await RepositoriesAsync(false, cancellationToken);
        var warnings = repositories.Select(repository => repository.Problem).OfType<string>().ToList();
        var canAsk = true;
        if (repositories.FirstOrDefault(repository => repository is { Problem: null, IsPublic: false }) is { } first && await _access.FindProblemAsync(first, cancellationToken) is { } unseen)
        {
            warnings.Add(unseen);
            canAsk = false;
        }

        return new SourceCheck(account, warnings, canAsk);
    });

    public Task<IReadOnlyList<SourceScope>> GetScopesAsync(CancellationToken cancellationToken) => _guard.RunAsync<IReadOnlyList<SourceScope>>(async () =>
    {
        var scopes = new List<SourceScope>();
        foreach (var repository in await RepositoriesAsync(true, cancellationToken))
        {
            var problem = repository.Problem ?? await _access.FindProblemAsync(repository, cancellationToken);
            scopes.Add(new SourceScope(repository.Id, repository.Name, repository.Name, Problem: problem));
        }

        return scopes;
    });

    public async IAsyncEnumerable<ListedItem> GetChangedAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var repository in (await _guard.RunAsync(() => RepositoriesAsync(false, cancellationToken))).Where(repository => repository.Problem is null))
        {
            // After a start everything is named once, so that readers can be asked for and edited comments be told to their issues.
            await foreach (var issue in _guard.RunAsync(_places.ListAsync(repository, _places.IsListed(repository) ? since : null, cancellationToken)))
            {
                yield return ItemOf(repository, issue);
            }

            await foreach (var (number, updated) in _guard.RunAsync(_api.ListCommentedAsync(repository, since, cancellationToken)))
            {
                if (_places.FindId(new IssuePlace(repository.Id, number)) is { } id)
                {
                    yield return new ListedItem(GitHubIds.Of(Name, id), repository.Id, null, updated);
                }
            }
        }
    }

    public async IAsyncEnumerable<ListedItem> ListAsync(SourceScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var repositories = await _guard.RunAsync(() => RepositoriesAsync(false, cancellationToken));
        var repository = repositories.FirstOrDefault(known => known.Id == scope.Id)
            ?? throw new SourceException($"The repository {scope.Key} is not there for the token any more: check its name, or give the token access to it.");
        await foreach (var issue in _guard.RunAsync(_places.ListAsync(repository, null, cancellationToken)))
        {
            yield return ItemOf(repository, issue);
        }
    }

    public async IAsyncEnumerable<ItemReading> ReadAsync(IReadOnlyList<DocumentId> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            yield return await _guard.RunAsync(() => ReadAsync(item, cancellationToken));
        }
    }

    public Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken) => _guard.RunAsync(() => _access.ReadAsync(request, cancellationToken));

    public Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken) =>
        _guard.RunAsync<IReadOnlyDictionary<DocumentId, bool>>(async () =>
        {
            var repositories = await RepositoriesAsync(false, cancellationToken);
            var byRepository = documents.Distinct().ToLookup(document => _places.Find(GitHubIds.Parse(document) ?? "")?.RepositoryId ?? "");
            var login = await _api.FindLoginAsync(accountId, cancellationToken);
            var answers = new Dictionary<DocumentId, bool>();
            foreach (var repository in repositories.Where(repository => byRepository[repository.Id].Any()))
            {
                if (await MayReadAsync(repository, login, cancellationToken) is { } may)
                {
                    foreach (var document in byRepository[repository.Id])
                    {
                        answers[document] = may;
                    }
                }
            }

            return answers;
        });

    public void Dispose()
    {
        _places.Dispose();
        _access.Dispose();
    }

    private ListedItem ItemOf(RepositoryRef repository, GitHubIssue issue) => new(GitHubIds.Of(Name, issue.Id), repository.Id, issue.Version, issue.Updated);

    private async Task<ItemReading> ReadAsync(DocumentId item, CancellationToken cancellationToken)
    {
        var repositories = await RepositoriesAsync(false, cancellationToken);
        if (GitHubIds.Parse(item) is not { } id || (_places.Find(id) ?? await _places.FindAsync(id, repositories, cancellationToken)) is not { } place)
        {
            return new ItemReading.Gone(item, GoneReason.NotFound);
        }

        if (repositories.FirstOrDefault(repository => repository.Id == place.RepositoryId) is not { } repository)
        {
            // It may be one of those that cannot be read now.
            return new ItemReading.Gone(item, repositories.Any(known => known.Problem is not null) ? GoneReason.NotFound : GoneReason.OutOfScope);
        }

        try
        {
            var (issue, name) = await _api.GetIssueAsync(repository, place.Number, cancellationToken);
            return issue is null || issue.Id != id ? new ItemReading.Gone(item, GoneReason.NotFound)
                : repositories.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } now ? new ItemReading.Gone(item, GoneReason.OutOfScope)
                : await ReadAsync(item, now, issue, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Gone or SourceFault.NotFound)
        {
            return await ExplainAsync(item, repository, exception, cancellationToken);
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.TooLarge or SourceFault.Refused)
        {
            return new ItemReading.Failed(item, $"{exception.Message} It is tried again by itself.");
        }
    }

    private async Task<ItemReading> ReadAsync(DocumentId item, RepositoryRef repository, GitHubIssue issue, CancellationToken cancellationToken)
    {
        _places.Learn(repository, issue);
        if (issue.IsPullRequest)
        {
            return new ItemReading.Skipped(item, repository.Id, issue.Version, "It is a pull request.");
        }

        var comments = issue.CommentCount == 0 ? [] : await _api.GetCommentsAsync(repository, issue.Number, cancellationToken);
        var layer = await _access.TellAsync(repository, cancellationToken);
        return new ItemReading.Found(item, repository.Id, issue.Version, [GitHubDocuments.ToDocument(item, repository, issue, comments, layer.Id)], [layer], [], []);
    }

    /// <summary>A repository whose issues were turned off answers 410 for all of them, which are not deleted.</summary>
    private async Task<ItemReading> ExplainAsync(DocumentId item, RepositoryRef repository, SourceHttpException exception, CancellationToken cancellationToken)
    {
        var now = await _api.FindRepositoryAsync(repository.Name, cancellationToken);
        return now.Problem is { } problem ? new ItemReading.Failed(item, problem)
            : new ItemReading.Gone(item, exception.Fault == SourceFault.Gone ? GoneReason.Deleted : GoneReason.NotFound);
    }

    private async Task<bool?> MayReadAsync(RepositoryRef known, string? login, CancellationToken cancellationToken)
    {
        var repository = await _api.FindRepositoryAsync(known.Name, cancellationToken);
        return repository.Problem is not null || repository.Id != known.Id ? false
            : repository.IsPublic ? true
            : login is null ? false
            : await _api.MayReadAsync(repository, login, cancellationToken);
    }

    private async Task<IReadOnlyList<RepositoryRef>> RepositoriesAsync(bool isAnew, CancellationToken cancellationToken)
    {
        if (!isAnew && _repositories is { } known && known.At + RepositoriesAge > _time.GetUtcNow())
        {
            return known.All;
        }

        var repositories = await _api.GetRepositoriesAsync(_connection.Scopes, cancellationToken);
        _repositories = new KnownRepositories(_time.GetUtcNow(), repositories);
        return repositories;
    }

    private sealed record KnownRepositories(DateTimeOffset At, IReadOnlyList<RepositoryRef> All);
}
