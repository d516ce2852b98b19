using System.Runtime.CompilerServices;
using System.Text.Json;
using CopilotBot.Sources.Http;

namespace CopilotBot.Sources.GitHub.Api;

/// <summary>The calls that are made. Renamed repositories and transferred issues answer with another place, which is asked only where it is on the same site.</summary>
internal sealed class GitHubApi(SourceHttp http)
{
    private const int MaximumMoves = 3;

    public async Task<string> GetLoginAsync(CancellationToken cancellationToken) => (await http.GetAsync("/user", cancellationToken)).Text("login");

    /// <param name="names">Empty for all that the credential can read and that have issues; one that cannot be read has a problem.</param>
    public async Task<IReadOnlyList<RepositoryRef>> GetRepositoriesAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new List<RepositoryRef>();
        foreach (var name in names)
        {
            found.Add(await FindRepositoryAsync(name, cancellationToken));
        }

        if (names.Count == 0)
        {
            await foreach (var json in http.ListAsync("/user/repos", cancellationToken))
            {
                found.Add(RepositoryRef.Parse(json));
            }

            found.RemoveAll(repository => repository.Problem is not null);
        }

        return [.. found.DistinctBy(repository => repository.Id)];
    }

    public async Task<RepositoryRef> FindRepositoryAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Split('/') is not [{ Length: > 0 } owner, { Length: > 0 } repository])
        {
            return RepositoryRef.Missing(name, $"'{name}' names no repository: write it as owner/repository.");
        }

        try
        {
            return RepositoryRef.Parse(await FollowAsync($"/repos/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(repository)}", cancellationToken));
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden or SourceFault.Gone or SourceFault.Refused)
        {
            return RepositoryRef.Missing(name, $"The repository {name} cannot be read: check its name, or give the token access to it.");
        }
    }

    /// <summary>With pull requests, by time of change.</summary>
    public async IAsyncEnumerable<GitHubIssue> ListIssuesAsync(RepositoryRef repository, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var json in http.ListByTimeAsync($"{repository.Path}/issues?state=all", since, cancellationToken))
        {
            if (GitHubIssue.Parse(json) is { } issue)
            {
                yield return issue;
            }
        }
    }

    /// <summary>Numbers of the issues and pull requests whose comments were written or edited: an edited comment need not change the time of its issue.</summary>
    public async IAsyncEnumerable<(string Number, DateTimeOffset Updated)> ListCommentedAsync(RepositoryRef repository, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var comment in http.ListByTimeAsync($"{repository.Path}/issues/comments", since, cancellationToken))
        {
            yield return (comment.Text("issue_url").Split('/')[^1], comment.Time("updated_at"));
        }
    }

    /// <returns>The issue, and the name of the repository that it stands in now.</returns>
    public async Task<(GitHubIssue? Issue, string Repository)> GetIssueAsync(RepositoryRef repository, string number, CancellationToken cancellationToken)
    {
        var json = await FollowAsync($"{repository.Path}/issues/{number}", cancellationToken);
        var address = json.Text("repository_url");
        return (GitHubIssue.Parse(json), address.Contains("/repos/", StringComparison.Ordinal) ? address[(address.LastIndexOf("/repos/", StringComparison.Ordinal) + 7)..] : "");
    }

    public async Task<IReadOnlyList<GitHubComment>> GetCommentsAsync(RepositoryRef repository, string number, CancellationToken cancellationToken)
    {
        var comments = new List<GitHubComment>();
        await foreach (var comment in http.ListAsync($"{repository.Path}/issues/{number}/comments", cancellationToken))
        {
            comments.Add(GitHubComment.Parse(comment));
        }

        return comments;
    }

    /// <summary>Everybody who may read, by whatever right: teams, the organization's base permission, ownership.</summary>
    public async Task<IReadOnlyList<GitHubAccount>> GetReadersAsync(RepositoryRef repository, CancellationToken cancellationToken)
    {
        var readers = new List<GitHubAccount>();
        await foreach (var person in http.ListAsync($"{repository.Path}/collaborators?affiliation=all", cancellationToken))
        {
            readers.Add(new GitHubAccount(person.Text("id"), person.Text("login"), null));
        }

        return readers;
    }

    public async Task<string?> FindEmailAsync(GitHubAccount account, CancellationToken cancellationToken)
    {
        try
        {
            var json = await http.GetAsync($"/users/{Uri.EscapeDataString(account.Login)}", cancellationToken);
            return json.Text("id") == account.Id && json.Text("email") is { Length: > 0 } email ? email : null;
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            return null;
        }
    }

    /// <summary>By the numeric id: a name that its owner gave up may be another person's now.</summary>
    public async Task<string?> FindLoginAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync($"/user/{Uri.EscapeDataString(accountId)}", cancellationToken)).Text("login") is { Length: > 0 } login ? login : null;
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound)
        {
            return null;
        }
    }

    /// <summary>Null without a clear answer: who may not see the collaborators may not ask either.</summary>
    public async Task<bool?> MayReadAsync(RepositoryRef repository, string login, CancellationToken cancellationToken)
    {
        try
        {
            await http.GetAsync($"{repository.Path}/collaborators/{Uri.EscapeDataString(login)}", cancellationToken);
            return true;
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.NotFound or SourceFault.Forbidden)
        {
            return exception.Fault == SourceFault.NotFound ? false : null;
        }
    }

    private async Task<JsonElement> FollowAsync(string path, CancellationToken cancellationToken)
    {
        for (var moves = 0; ; moves++)
        {
            try
            {
                return await http.GetAsync(path, cancellationToken);
            }
            catch (SourceHttpException exception) when (moves < MaximumMoves && PathOf(exception.MovedTo) is { } place)
            {
                path = place;
            }
        }
    }

    private string? PathOf(Uri? place)
    {
        var root = http.Root.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
        return place is { IsAbsoluteUri: true } && place.AbsoluteUri.StartsWith(root, StringComparison.Ordinal) ? place.AbsoluteUri[(root.Length - 1)..] : null;
    }
}
