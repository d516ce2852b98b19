using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.Tests.Sources.GitHub;

/// <summary>
/// The part of GitHub that is asked, on a port of this machine: its root has a path, as on Enterprise Server. It refuses calls without token or user agent, pages by
/// Link, sorts and filters issues as documented, answers 301 for what moved and 410 for what was deleted (facts/sources.md §3.3). Other calls are 404 and kept as strays.
/// </summary>
internal sealed class FakeGitHub : IAsyncDisposable
{
    public const string Token = "fake-github-token";

    private const string Prefix = "/api/v3";

    private readonly WebApplication _app;

    private readonly Lock _lock = new();

    private FakeGitHub()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Root => _app.Urls.Single() + Prefix;

    public List<FakeRepository> Repositories { get; } = [];

    public List<FakeUser> Users { get; } = [];

    /// <summary>Path and query of every call below the root.</summary>
    public List<string> Calls { get; } = [];

    public List<string> Strays { get; } = [];

    /// <summary>Answers instead of the site while it is set and answers true.</summary>
    public Func<HttpContext, bool>? Trouble { get; set; }

    /// <summary>Runs before a call is answered: the place for edits during a walk.</summary>
    public Action<string>? BeforeAnswer { get; set; }

    /// <summary>Every listing claims to go on.</summary>
    public bool NeverEnds { get; set; }

    public static async Task<FakeGitHub> StartAsync()
    {
        var site = new FakeGitHub();
        await site._app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var (status, body) = Answer(http);
        http.Response.StatusCode = status;
        if (body is not null)
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
        }
    }

    private (int Status, JsonNode? Body) Answer(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        path = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path;
        lock (_lock)
        {
            Calls.Add(path + http.Request.QueryString.Value);
            BeforeAnswer?.Invoke(path);
            return http.Request.Headers.UserAgent.Count == 0 ? (403, Message("Make sure your request has a User-Agent."))
                : http.Request.Headers.Authorization != $"Bearer {Token}" ? (401, Message("Bad credentials"))
                : Trouble?.Invoke(http) == true ? (http.Response.StatusCode, Message("Trouble"))
                : Route(http, path.Trim('/').Split('/'));
        }
    }

    private (int Status, JsonNode? Body) Route(HttpContext http, string[] parts)
    {
        switch (parts)
        {
            case ["user"]:
                return (200, new JsonObject { ["id"] = 1, ["login"] = "copilot" });
            case ["user", "repos"]:
                return (200, Page(http, Repositories.Select(GitHubJson.Of)));
            case ["user", var id]:
                return Person(Users.Find(user => user.Id.ToString(CultureInfo.InvariantCulture) == id));
            case ["users", var login]:
                return Person(Users.Find(user => user.Login == login));
            case ["repositories", var id, .. var rest] when Repositories.Find(known => known.Id.ToString(CultureInfo.InvariantCulture) == id) is { } repository:
                return Route(http, repository, rest);
            case ["repos", var owner, var name, .. var rest] when Repositories.Find(known => known.Name == $"{owner}/{name}") is { } repository:
                return Route(http, repository, rest);
            case ["repos", var owner, var name, .. var rest] when Repositories.Find(known => known.FormerNames.Contains($"{owner}/{name}")) is { } repository:
                return Moved(http, string.Join('/', ["repositories", repository.Id.ToString(CultureInfo.InvariantCulture), .. rest]));
            case ["repos", _, _, ..]:
                return NotFound;
            default:
                Strays.Add(string.Join('/', parts));
                return NotFound;
        }
    }

    private (int Status, JsonNode? Body) Route(HttpContext http, FakeRepository repository, string[] rest)
    {
        switch (rest)
        {
            case []:
                return (200, GitHubJson.Of(repository));
            case ["issues", ..] when !repository.HasIssues:
                return (410, Message("Issues has been disabled in this repository."));
            case ["issues"] when http.Request.Query["state"] == "all" && IsByTime(http):
                return (200, Page(http, repository.Issues.Where(issue => issue.Updated >= Since(http)).OrderBy(issue => issue.Updated).ThenBy(issue => issue.Id).Select(issue => GitHubJson.Of(repository, issue, Root))));
            case ["issues", "comments"] when IsByTime(http):
                return (200, Page(http, repository.Issues.SelectMany(issue => issue.Comments, (issue, comment) => (issue, comment)).Where(pair => pair.comment.Updated >= Since(http))
                    .OrderBy(pair => pair.comment.Updated).Select(pair => GitHubJson.Of(repository, pair.issue, pair.comment, Root))));
            case ["issues", var text, .. var more] when int.TryParse(text, CultureInfo.InvariantCulture, out var number):
                return Issue(http, repository, number, more);
            case ["collaborators", ..] when !repository.ShowsCollaborators:
                return (403, Message("Must have push access to view repository collaborators."));
            case ["collaborators"] when http.Request.Query["affiliation"] == "all":
                return (200, Page(http, Users.Where(user => repository.Collaborators.Contains(user.Id)).Select(user => new JsonObject { ["id"] = user.Id, ["login"] = user.Login })));
            case ["collaborators", var login]:
                return Users.Find(user => user.Login == login) is { } person && repository.Collaborators.Contains(person.Id) ? (204, null) : NotFound;
            default:
                Strays.Add(string.Join('/', rest));
                return NotFound;
        }
    }

    private (int Status, JsonNode? Body) Issue(HttpContext http, FakeRepository repository, int number, string[] more)
    {
        if (repository.Transferred.TryGetValue(number, out var place))
        {
            return Moved(http, string.Join('/', [$"repositories/{place.To.Id}/issues/{place.Number}", .. more]));
        }

        var issue = repository.Issues.Find(issue => issue.Number == number);
        return repository.Deleted.Contains(number) ? (410, Message("This issue was deleted"))
            : issue is null ? NotFound
            : more is ["comments"] ? (200, Page(http, issue.Comments.Select(comment => GitHubJson.Of(repository, issue, comment, Root))))
            : (200, GitHubJson.Of(repository, issue, Root));
    }

    private static (int Status, JsonNode? Body) NotFound => (404, Message("Not Found"));

    private static JsonObject Message(string text) => new() { ["message"] = text };

    private static (int Status, JsonNode? Body) Person(FakeUser? user) =>
        user is null ? NotFound : (200, new JsonObject { ["id"] = user.Id, ["login"] = user.Login, ["email"] = user.Email });

    private (int Status, JsonNode? Body) Moved(HttpContext http, string path)
    {
        http.Response.Headers.Location = $"{Root}/{path}";
        return (301, Message("Moved Permanently"));
    }

    private static bool IsByTime(HttpContext http) => http.Request.Query["sort"] == "updated" && http.Request.Query["direction"] == "asc";

    private static DateTimeOffset Since(HttpContext http) =>
        DateTimeOffset.TryParse(http.Request.Query["since"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : DateTimeOffset.MinValue;

    private JsonArray Page(HttpContext http, IEnumerable<JsonNode> items)
    {
        var all = items.ToList();
        var size = int.Parse(http.Request.Query["per_page"].ToString(), CultureInfo.InvariantCulture);
        var page = int.Parse(http.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);
        if (NeverEnds || page * size < all.Count)
        {
            http.Response.Headers.Link = $"<{Root}/next?page={page + 1}>; rel=\"next\", <{Root}/next?page=9>; rel=\"last\"";
        }

        return [.. all.Skip(NeverEnds ? 0 : (page - 1) * size).Take(size)];
    }
}
