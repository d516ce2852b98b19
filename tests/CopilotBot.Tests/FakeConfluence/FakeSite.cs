using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CopilotBot.FakeConfluence;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>A site with a space (1, ENG) for everybody with a licence, a client with its token, and a clock that stands still.</summary>
internal sealed class FakeSite : IAsyncDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });

    private FakeSite(ConfluenceSite site, FakeTimeProvider time) => (Site, Time) = (site, time);

    public ConfluenceSite Site { get; }

    public FakeTimeProvider Time { get; }

    public HttpResponseHeaders Headers { get; private set; } = new HttpResponseMessage().Headers;

    public static async Task<FakeSite> StartAsync(ConfluenceEdition edition = ConfluenceEdition.Cloud)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero));
        var site = new FakeSite(await ConfluenceSite.StartAsync(edition, time), time);
        site.Site.AddSpace("1", "ENG", "Engineering");
        site.Site.Grant("1", new SpaceReader.Licensed());
        foreach (var user in (string[])["ada", "ben"])
        {
            site.Site.AddUser(user, user, $"{user}@halvorne.example");
        }

        return site;
    }

    public void AddPages(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            Site.AddPage($"{100 + number}", "1", null, $"Page {number}", $"<p>{number}</p>");
        }
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await ReadAsync(path, 200))!; // an answer has a body

    /// <summary>Fails unless the answer has the status.</summary>
    public async Task<string> ReadAsync(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Site.Address + path) { Headers = { Authorization = Token() } };
        return await SendAsync(request, status);
    }

    public async Task<JsonNode> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Site.Address + path) { Headers = { Authorization = Token() }, Content = content };
        return JsonNode.Parse(await SendAsync(request, 200))!; // an answer has a body
    }

    /// <summary>Of every entry along the links, which are prefixed with what they leave out.</summary>
    public async Task<List<string>> WalkAsync(string path, string prefix = "", string member = "id")
    {
        var found = new List<string>();
        for (var next = path; next is not null;)
        {
            var page = await GetAsync(next);
            found.AddRange(page["results"]!.AsArray().Select(one => one![member]!.ToString())); // listings have them
            next = page["_links"]?["next"]?.ToString() is { } link ? prefix + link : null;
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Site.DisposeAsync();
    }

    private AuthenticationHeaderValue Token() => Site.Edition == ConfluenceEdition.Cloud
        ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Site.Email}:{Site.Token}")))
        : new("Bearer", Site.Token);

    private async Task<string> SendAsync(HttpRequestMessage request, int status)
    {
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Headers = response.Headers;
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        return text;
    }
}
