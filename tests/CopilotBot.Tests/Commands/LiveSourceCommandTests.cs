using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.FakeConfluence;
using CopilotBot.Tests.Support;
using ConfluenceSite = CopilotBot.FakeConfluence.ConfluenceSite;

namespace CopilotBot.Tests.Commands;

/// <summary>The built executable and a Confluence that it is shown to.</summary>
public sealed partial class LiveSourceCommandTests : IAsyncLifetime
{
    private const string Secret = "webhook-secret";

    private readonly TemporaryFolder _folder = new();
    private readonly ConfluenceSite _site = ConfluenceSite.StartAsync(ConfluenceEdition.Cloud, TimeProvider.System).GetAwaiter().GetResult();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _site.AddUser("acc-ada", "Ada Lund", "ada@halvorne.example");
        _site.AddUser("acc-bo", "Bo Ek", "bo@halvorne.example");
        _site.AddGroup("group-people", "people team");
        _site.AddMember("group-people", "acc-ada");
        _site.AddSpace("11", "HR", "People and pay");
        _site.Grant("11", new SpaceReader.Licensed());
        _site.AddPage("101", "11", null, "Parental leave", "<p>Parental leave is 31 weeks with full pay.</p>");
        _site.AddPage("102", "11", "101", "Pay bands", "<p>The pay band of a senior harbour pilot is band 14.</p>");
        _site.SetRestriction("102", [], ["group-people"]);
        _site.AddAttachment("101", "checklist.txt", "text/plain", "Send form L-77 to the payroll office before the leave begins."u8.ToArray());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_site_is_added_read_asked_looked_at_and_removed()
    {
        var added = await RunAsync("source", "add", "confluence", "--name", "wiki", "--site", _site.Address, "--email", _site.Email);
        (added.Exit, added.Error.Trim()).ShouldBe((0, ""));
        added.Out.ShouldContain("HR\tPeople and pay\tcan be read\n1 of 1 can be read\n");

        (await RunAsync("sync", "--source", "wiki")).Out.ShouldStartWith("wiki: 3 added, 0 updated");

        (await RunAsync("ask", "how long is parental leave", "--as", "Bo Ek")).Out.ShouldContain("31 weeks");
        (await RunAsync("ask", "which form goes to the payroll office before leave", "--as", "Bo Ek")).Out.ShouldContain("L-77");
        (await RunAsync("ask", "what is the pay band of a senior harbour pilot", "--as", "Bo Ek")).Out.ShouldNotContain("band 14");
        (await RunAsync("ask", "what is the pay band of a senior harbour pilot", "--as", "Ada Lund")).Out.ShouldContain("band 14");
        var status = await RunAsync("sync", "status");
        (status.Exit, status.Out).ShouldSatisfyAllConditions(
            _ => status.Exit.ShouldBe(0), _ => status.Out.ShouldStartWith("wiki (confluence): in sync, 3 documents\n  HR: expected 2, indexed 2, skipped 0, failed 0, waiting 0; listed "));
        (await RunAsync("source", "test", "wiki")).Exit.ShouldBe(0);
        _site.Violations.ShouldBeEmpty();

        (await RunAsync("source", "remove", "wiki")).Exit.ShouldBe(0);

        (await RunAsync("index", "stats")).Out.ShouldStartWith("0 documents");
    }

    [Fact]
    public async Task A_credential_that_is_missing_or_refused_is_said_and_nothing_is_added()
    {
        var missing = await RunAsync("source", "add", "confluence", "--name", "other", "--site", _site.Address, "--email", _site.Email);
        (missing.Exit, missing.Sentence).ShouldBe((1, "The source 'other' has no credential: put its token into the environment variable Sources__other__Token."));

        var refused = await RunAsync("source", "add", "confluence", "--name", "wiki", "--site", _site.Address, "--email", "somebody@halvorne.example");
        (refused.Exit, refused.Sentence).ShouldBe((1, "The credential of the source 'wiki' is not accepted: make a new token and put it into the environment variable Sources__wiki__Token."));
        refused.Error.ShouldNotContain(_site.Token);
        (await RunAsync("source", "list")).Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_follows_the_site_by_itself_and_signed_webhooks_are_looked_at_at_once()
    {
        (await RunAsync("source", "add", "confluence", "--name", "wiki", "--site", _site.Address, "--email", _site.Email)).Exit.ShouldBe(0);
        var settings = new Dictionary<string, string>(Settings) { ["Sync__Live__ChangesSeconds"] = "3600" };
        using var server = CopilotProcess.Start("press Ctrl+C to stop", settings, "serve", "--port", "0", "--data", _folder["data"]);
        await server.Ready;
        var address = Address().Match(server.Error).Value;
        await UntilAsync(async () => (await RunAsync("ask", "how long is parental leave", "--as", "Bo Ek")).Out.Contains("31 weeks", StringComparison.Ordinal));

        _site.EditPage("101", "<p>Parental leave is 44 weeks with full pay.</p>");
        using var http = new HttpClient();
        (await PostAsync(http, address, "{\"event\":\"avi:confluence:updated:page\",\"type\":\"page\",\"id\":\"101\"}", "wrong")).ShouldBe(401);
        (await PostAsync(http, address, "{\"event\":\"avi:confluence:updated:page\",\"type\":\"page\",\"id\":\"101\"}", Secret)).ShouldBe(200);

        await UntilAsync(async () => (await RunAsync("ask", "how long is parental leave", "--as", "Bo Ek")).Out.Contains("44 weeks", StringComparison.Ordinal));
        var health = await http.GetAsync(new Uri($"{address}/health"), Cancel);
        (await health.Content.ReadAsStringAsync(Cancel)).ShouldBe("{\"status\":\"Healthy\",\"sources\":{\"wiki\":\"ok\"}}");
        (await server.TerminateAsync()).ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    private Dictionary<string, string> Settings => new() { ["Sources__wiki__Token"] = _site.Token, ["Sources__wiki__WebhookSecret"] = Secret };

    private async Task<CommandRun> RunAsync(params string[] args)
    {
        using var process = CopilotProcess.Start("nothing is waited for", Settings, [.. args, "--data", _folder["data"]]);
        var exit = await process.WaitAsync();
        return new CommandRun(exit, await process.Out, process.Error);
    }

    private static async Task<int> PostAsync(HttpClient http, string address, string body, string secret)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("X-Hub-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}");
        return (int)(await http.PostAsync(new Uri($"{address}/sources/wiki/webhook"), content, Cancel)).StatusCode;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
