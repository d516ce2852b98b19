using System.Net;
using System.Text.RegularExpressions;
using CopilotBot.FakeTeams;
using CopilotBot.Tests.Channels.Teams;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels;

/// <summary>What the addresses of Channels:Urls lead to, with the executable as it comes.</summary>
public sealed partial class ChannelDoorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_address_for_channels_leads_to_channels_and_to_nothing_else_whatever_the_host_is_called()
    {
        await using var teams = await FakeConnector.StartAsync();
        using var server = Start(("Channels__Urls", "http://127.0.0.1:0"), ("Teams__Anonymous", "true"), ("Teams__AllowedTenants__0", teams.TenantId));
        await server.Ready.WaitAsync(TestContext.Current.CancellationToken);
        var addresses = Address().Matches(server.Error).Select(match => new Uri(match.Value)).ToList();
        addresses.Count.ShouldBe(2, server.Error);
        using var http = new HttpClient(new AddingHandler("Host", "bot.halvorne.example"));

        foreach (var path in new[] { "", "documents/demo:page:1003", "cli", "api/messages/x" })
        {
            using var page = await http.GetAsync(new Uri(addresses[1], path), TestContext.Current.CancellationToken);
            page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var filtered = await http.GetAsync(addresses[0], TestContext.Current.CancellationToken);
        filtered.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "the page is for this machine alone");
        var alba = new TeamsClient(teams, http, new Uri(addresses[1], "api/messages")).As(teams.AddUser("Alba"));
        (await alba.SayAsync("Is anybody there?", TestContext.Current.CancellationToken)).Status.ShouldBe(200);
        await teams.WaitForAsync(seen => seen.Messages(alba.Chat).Any(message => message is { AuthorIsBot: true, IsStreaming: false }), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_teams_in_the_settings_nothing_of_it_is_there()
    {
        using var server = Start(("Channels__Urls", "http://127.0.0.1:0"));
        await server.Ready.WaitAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        foreach (Match address in Address().Matches(server.Error))
        {
            using var delivered = await http.PostAsync(new Uri($"{address.Value}/api/messages"), new StringContent("{}"), TestContext.Current.CancellationToken);
            delivered.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("Channels__Urls", "http://0.0.0.0:0", "Teams__Anonymous", "true", "Teams:Anonymous lets in whoever comes")]
    [InlineData("Channels__Urls", "https://127.0.0.1:0", "Teams__Anonymous", "true", "is not an address to listen on")]
    [InlineData("Channels__Urls", "http://bot.example:80", "Teams__Anonymous", "true", "names a host, which can be reached")]
    [InlineData("Teams__AppId", "no-guid", "Teams__Anonymous", "false", "Teams:AppId is not an application (client) id")]
    [InlineData("Teams__AppId", "11111111-2222-4333-8444-555555555555", "Teams__TenantId", "11111111-2222-4333-8444-555555555556", "no secret")]
    public async Task Settings_that_cannot_work_end_the_start_with_a_sentence(string key, string value, string otherKey, string otherValue, string sentence)
    {
        using var server = Start((key, value), (otherKey, otherValue));

        (await server.WaitAsync()).ShouldBe(1);

        server.Error.ShouldContain(sentence);
    }

    private CopilotProcess Start(params (string Key, string Value)[] settings) =>
        CopilotProcess.Start("press Ctrl+C to stop", settings.ToDictionary(setting => setting.Key, setting => setting.Value), "--data", _folder["data"], "--port", "0");

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();
}
