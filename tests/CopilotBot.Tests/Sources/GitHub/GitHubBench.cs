using CopilotBot.Conversations;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sources.GitHub;
using CopilotBot.Sources.GitHub.Api;
using CopilotBot.Sources.Http;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Sources.GitHub;

/// <summary>A fake site with a private and a public repository, and the product's source for it.</summary>
internal sealed class GitHubBench : IAsyncDisposable
{
    public static readonly SourceName Name = SourceName.Parse("desk");

    private readonly SourceLimiter _limiter;

    private int _nextId = 1000;

    private GitHubBench(FakeGitHub site, string[] scopes, string token)
    {
        Site = site;
        Site.Users.AddRange([new FakeUser(7, "ada", "ada@halvorne.example"), new FakeUser(8, "bo")]);
        Site.Repositories.AddRange([Private, Public]);
        Private.Collaborators.AddRange([7, 8]);
        Clock = new HastyTime(Time);
        _limiter = new SourceLimiter(Clock);
        var connection = new SourceConnection { Site = new Uri(site.Root), Scopes = scopes };
        var http = new SourceHttp(NewClient, connection.Site, new TokenCredential("", token), _limiter, Clock, NullLogger<SourceHttp>.Instance);
        Source = new GitHubSource(Name, connection, new GitHubApi(http), Time);
    }

    public FakeGitHub Site { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    /// <summary>Of calls: waits are skipped.</summary>
    public TimeProvider Clock { get; }

    public GitHubSource Source { get; }

    public FakeRepository Private { get; } = new(21, "halvorne/desk");

    public FakeRepository Public { get; } = new(22, "halvorne/handbook") { Visibility = "public" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<GitHubBench> StartAsync(string[]? scopes = null, string token = FakeGitHub.Token) =>
        new(await FakeGitHub.StartAsync(), scopes ?? ["halvorne/desk", "halvorne/handbook"], token);

    public static UserIdentity Asker(int account) => new($"desk:{account}", $"{account}", true);

    public static DocumentId IdOf(FakeIssue issue) => new($"desk:issue:{issue.Id}");

    public FakeIssue Add(FakeRepository repository, string title, string body = "", bool isPullRequest = false)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var issue = new FakeIssue(_nextId++, repository.Issues.Count + 1, title, body) { IsPullRequest = isPullRequest, Updated = Time.GetUtcNow() };
        repository.Issues.Add(issue);
        return issue;
    }

    public FakeComment Comment(FakeIssue issue, string author, string body)
    {
        issue.Updated = Time.GetUtcNow();
        var comment = new FakeComment(_nextId++, author, body, Time.GetUtcNow());
        issue.Comments.Add(comment);
        return comment;
    }

    public async Task<List<ListedItem>> ListAsync(FakeRepository repository) =>
        await Source.ListAsync(new SourceScope($"{repository.Id}", repository.Name, repository.Name), Stop).ToListAsync(Stop);

    public async Task<List<ListedItem>> GetChangedAsync(DateTimeOffset since) => await Source.GetChangedAsync(since, Stop).ToListAsync(Stop);

    public async Task<ItemReading> ReadAsync(FakeIssue issue) => (await Source.ReadAsync([IdOf(issue)], Stop).ToListAsync(Stop)).Single();

    public Task<AccessReading> ReadAccessAsync() => Source.ReadAccessAsync(new AccessRequest(AccessDepth.Everything, [], new HashSet<LayerId>()), Stop);

    /// <summary>The principals that pass the layer of a repository; null when there is no such layer.</summary>
    public async Task<List<string>?> ReadersAsync(FakeRepository repository) =>
        (await ReadAccessAsync()).Layers.FirstOrDefault(layer => layer.Id.Value == $"desk:repo:{repository.Id}")?.Principals.Select(principal => principal.Value).ToList();

    public async ValueTask DisposeAsync()
    {
        Source.Dispose();
        _limiter.Dispose();
        await Site.DisposeAsync();
    }

    private static HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
}
