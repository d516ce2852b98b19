using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CopilotBot.FakeTeams;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>What is delivered to the endpoint and is no question.</summary>
public sealed class TeamsDeliveryTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string Alba = "Alba Quintero";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_known_is_taken_without_a_fuss()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        var alba = teams.Person(Alba);
        var asked = await teams.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);
        var answers = teams.Answers(asked).Count;

        (await alba.ReactAsync(teams.Seen(asked.Conversation).First().Id, cancellationToken: Cancel)).Status.ShouldBe(200);
        foreach (var type in new[] { "typing", "event", "handoff", "somethingNew" })
        {
            alba.Shape = activity => activity["type"] = type;
            (await alba.SayAsync("-", Cancel)).Status.ShouldBe(200);
        }

        alba.Shape = null;
        (await alba.InvokeAsync(alba.Chat, "signin/verifyState", new JsonObject(), cancellationToken: Cancel)).Status.ShouldBe(501);
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(asked).Count.ShouldBe(answers);
    }

    [Theory]
    [InlineData("GET", null, 405)]
    [InlineData("POST", "nonsense", 400)]
    [InlineData("POST", "{}", 400)]
    [InlineData("POST", """{"type":"message","serviceUrl":"http://127.0.0.1:1/","channelId":"msteams"}""", 400)]
    [InlineData("POST", """{"type":"message","serviceUrl":"http://127.0.0.1:1/","channelId":"webchat","conversation":{"id":"a","tenantId":"TENANT"}}""", 400)]
    [InlineData("POST", """{"type":"message","serviceUrl":"https://smba.trafficmanager.net/","channelId":"msteams","conversation":{"id":"a","tenantId":"TENANT"}}""", 400)]
    public async Task Bad_deliveries_are_refused_by_their_status(string method, string? body, int status)
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(teams.Bot.Address, "api/messages"));
        request.Content = body is null ? null : new StringContent(body.Replace("TENANT", teams.Bot.Teams.TenantId, StringComparison.Ordinal), Encoding.UTF8, "application/json");

        using var response = await http.SendAsync(request, Cancel);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_beyond_a_megabyte_is_refused()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        using var http = new HttpClient();

        using var response = await http.PostAsync(new Uri(teams.Bot.Address, "api/messages"), new StringContent(new string('x', 1_100_000)), Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Without_tokens_only_this_machine_is_let_in_and_nobody_whom_it_forwards_for()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        using var http = new HttpClient(new AddingHandler("X-Forwarded-For", "203.0.113.7"));
        var forwarded = new TeamsClient(teams.Bot.Teams, http, teams.Bot.Client.Endpoint).As(teams.Person(Alba).User);

        (await forwarded.SayAsync(Laptop, Cancel)).Status.ShouldBe(401);
    }
}
