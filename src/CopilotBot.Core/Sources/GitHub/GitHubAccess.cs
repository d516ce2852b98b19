using System.Collections.Concurrent;
using CopilotBot.Knowledge;
using CopilotBot.Sources.GitHub.Api;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.GitHub;

/// <summary>
/// Who may read what: one layer a repository. A public one lets everybody in, any other its effective collaborators; where those may not be seen, nobody
/// (facts/sources.md §3.3).
/// </summary>
/// <param name="repositories">The repositories, asked for anew when its first argument says so.</param>
internal sealed class GitHubAccess(SourceName source, GitHubApi api, Func<bool, CancellationToken, Task<IReadOnlyList<RepositoryRef>>> repositories, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan EmailAge = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _gate = new(1);

    private readonly ConcurrentDictionary<string, RepositoryReaders> _readers = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, string? Email)> _emails = new(StringComparer.Ordinal);

    private bool _isRead;

    public async Task<AccessReading> ReadAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (request.Depth != AccessDepth.Items || !_isRead)
            {
                await RenewAsync(cancellationToken);
                _isRead = true;
            }

            var people = await PeopleAsync(cancellationToken);
            return new AccessReading([.. _readers.Select(pair => LayerOf(pair.Key, pair.Value))], people, new Dictionary<DocumentId, IReadOnlyList<LayerId>>(), []);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The layer as it was last read, or read now where it never was.</summary>
    public async Task<AccessLayer> TellAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_readers.TryGetValue(repository.Id, out var readers))
            {
                _readers[repository.Id] = readers = await ReadAsync(repository, cancellationToken);
            }

            return LayerOf(repository.Id, readers);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>One sentence where nobody finds anything of the repository, because its readers cannot be seen; else null.</summary>
    public async Task<string?> FindProblemAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        var readers = await ReadAsync(repository, cancellationToken);
        return readers.AreKnown ? null : $"The token may not see who may read the repository {repository.Name}, so nobody finds anything of it: give it the right to push there, which GitHub asks for.";
    }

    public void Dispose() => _gate.Dispose();

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var readable = (await repositories(true, cancellationToken)).Where(repository => repository.Problem is null).ToList();
        var read = new Dictionary<string, RepositoryReaders>(StringComparer.Ordinal);
        foreach (var repository in readable)
        {
            read[repository.Id] = await ReadAsync(repository, cancellationToken);
        }

        foreach (var gone in _readers.Keys.Where(id => !read.ContainsKey(id)))
        {
            _readers.TryRemove(gone, out _);
        }

        foreach (var (id, readers) in read)
        {
            _readers[id] = readers;
        }
    }

    private async Task<RepositoryReaders> ReadAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        if (repository.IsPublic)
        {
            return new RepositoryReaders(true, true, []);
        }

        try
        {
            return new RepositoryReaders(false, true, await api.GetReadersAsync(repository, cancellationToken));
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Forbidden or SourceFault.NotFound or SourceFault.Gone or SourceFault.Refused)
        {
            return new RepositoryReaders(false, false, []);
        }
    }

    private AccessLayer LayerOf(string repositoryId, RepositoryReaders readers) => new(
        GitHubIds.LayerOf(source, repositoryId), readers.IsPublic ? [Principal.Anyone] : [.. readers.Accounts.Select(account => Principal.User(source, account.Id)).Distinct()]);

    private async Task<IReadOnlyList<Person>> PeopleAsync(CancellationToken cancellationToken)
    {
        var people = new List<Person>();
        foreach (var account in _readers.Values.SelectMany(readers => readers.Accounts).DistinctBy(account => account.Id))
        {
            people.Add(new Person(
                $"{source}:{account.Id}", account.Id, account.Login, await EmailAsync(account, cancellationToken), null,
                [Principal.User(source, account.Id), Principal.Anyone]));
        }

        return people;
    }

    private async Task<string?> EmailAsync(GitHubAccount account, CancellationToken cancellationToken)
    {
        if (_emails.TryGetValue(account.Id, out var known) && known.At + EmailAge > time.GetUtcNow())
        {
            return known.Email;
        }

        var email = await api.FindEmailAsync(account, cancellationToken);
        _emails[account.Id] = (time.GetUtcNow(), email);
        return email;
    }

    /// <param name="AreKnown">Whether the accounts could be read at all.</param>
    private sealed record RepositoryReaders(bool IsPublic, bool AreKnown, IReadOnlyList<GitHubAccount> Accounts);
}
