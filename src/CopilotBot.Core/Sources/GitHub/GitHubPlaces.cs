using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CopilotBot.Sources.GitHub.Api;

namespace CopilotBot.Sources.GitHub;

/// <summary>
/// Where issues stand: GitHub reads an issue by repository and number, never by its id. Learned from every listing; for an id that no listing named, as after a
/// start, each repository is listed from where its last full listing ended.
/// </summary>
internal sealed class GitHubPlaces(GitHubApi api) : IDisposable
{
    private readonly ConcurrentDictionary<string, IssuePlace> _places = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<IssuePlace, string> _ids = new();

    private readonly ConcurrentDictionary<string, DateTimeOffset> _listedTo = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _gate = new(1);

    public IssuePlace? Find(string issueId) => _places.GetValueOrDefault(issueId);

    /// <summary>Null for pull requests, which are never learned.</summary>
    public string? FindId(IssuePlace place) => _ids.GetValueOrDefault(place);

    public void Learn(RepositoryRef repository, GitHubIssue issue)
    {
        var place = new IssuePlace(repository.Id, issue.Number);
        _places[issue.Id] = place;
        _ids[place] = issue.Id;
    }

    /// <summary>All issues, or those that changed since then, without pull requests.</summary>
    public async IAsyncEnumerable<GitHubIssue> ListAsync(RepositoryRef repository, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = DateTimeOffset.UnixEpoch;
        await foreach (var issue in api.ListIssuesAsync(repository, since, cancellationToken))
        {
            last = issue.Updated > last ? issue.Updated : last;
            if (!issue.IsPullRequest)
            {
                Learn(repository, issue);
                yield return issue;
            }
        }

        if (since is null || (_listedTo.TryGetValue(repository.Id, out var before) && since <= before))
        {
            _listedTo.AddOrUpdate(repository.Id, last, (_, known) => last > known ? last : known);
        }
    }

    /// <summary>Lists what is needed to know the issue; null where no repository names it.</summary>
    public async Task<IssuePlace?> FindAsync(string issueId, IReadOnlyList<RepositoryRef> repositories, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var repository in Find(issueId) is null ? repositories.Where(repository => repository.Problem is null) : [])
            {
                await foreach (var _ in ListAsync(repository, _listedTo.TryGetValue(repository.Id, out var to) ? to : null, cancellationToken))
                {
                    // Listing is learning.
                }
            }

            return Find(issueId);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether all its issues are known that were there at the last look.</summary>
    public bool IsListed(RepositoryRef repository) => _listedTo.ContainsKey(repository.Id);

    public void Dispose() => _gate.Dispose();
}

internal sealed record IssuePlace(string RepositoryId, string Number);
