namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Socket Mode (facts/slack.md §5), with the whole server and the strict fake: the same pipeline behind another door.</summary>
public sealed class SlackSocketTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Questions_commands_and_forms_come_by_sockets_that_are_renewed_under_way()
    {
        await using var slack = await StartAsync();
        var channel = slack.NewChannel(Alba);

        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        (await slack.Person(Alba).CommandAsync(channel, "/ask", Laptop, Cancel)).Body.ShouldContain("Looking that up");
        await ChannelConformance.SettleAsync(slack);
        slack.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        slack.Slack.Ephemerals(slack.Person(Alba).User.Id).ShouldHaveSingleItem().Text.ShouldContain(LaptopFact);
        await slack.RateAsync(asked, Alba, isUp: false, "It is from last year.");

        var opened = slack.Slack.Sockets.OpenedCount;
        foreach (var socket in slack.Slack.Sockets.Open)
        {
            await slack.Slack.Sockets.DisconnectAsync("refresh_requested", socket, Cancel);
        }

        await slack.Slack.WaitForAsync(seen => seen.Sockets.OpenedCount >= opened + 2, TimeSpan.FromSeconds(20), Cancel);
        var again = await slack.AskPersonallyAsync(Alba, "what is the printer name in Port Ainslie");
        await ChannelConformance.SettleAsync(slack);

        slack.Answers(again).ShouldHaveSingleItem().ShouldContain("prn-ain-01");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_socket_that_breaks_is_opened_again_and_one_that_is_switched_off_is_not()
    {
        await using var slack = await StartAsync();
        var opened = slack.Slack.Sockets.OpenedCount;

        slack.Slack.Sockets.Drop();
        await slack.Slack.WaitForAsync(seen => seen.Sockets.OpenedCount >= opened + 2 && seen.Sockets.Open.Count == 2, TimeSpan.FromSeconds(30), Cancel);
        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);
        slack.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);

        await slack.Slack.Sockets.DisconnectAsync("link_disabled", cancellationToken: Cancel);
        await slack.Slack.WaitForAsync(seen => seen.Sockets.Open.Count == 0, TimeSpan.FromSeconds(20), Cancel);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_socket_that_hears_nothing_any_more_is_noticed_and_replaced()
    {
        await using var slack = await StartAsync();
        var (opened, deaf) = (slack.Slack.Sockets.OpenedCount, slack.Slack.Sockets.Open[0]);

        slack.Slack.Sockets.SetDeaf(true, deaf);

        await slack.Slack.WaitForAsync(seen => seen.Sockets.OpenedCount > opened, TimeSpan.FromSeconds(60), Cancel);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_comes_by_http_then()
    {
        await using var slack = await StartAsync();

        (await slack.Slack.VerifyUrlAsync("a challenge", cancellationToken: Cancel)).Status.ShouldBe(404);
    }

    private async Task<SlackDriver> StartAsync()
    {
        var bot = await SlackBot.StartAsync(
            slack => new Dictionary<string, string?> { ["COPILOTBOT_SLACK_SIGNING_SECRET"] = null, ["COPILOTBOT_SLACK_APP_TOKEN"] = slack.AppToken, ["Slack:SocketMode"] = "true", ["Slack:Sockets"] = "2" },
            indexed: demo.Path);
        bot.Slack.SocketModeOn = true;
        await bot.Slack.WaitForAsync(slack => slack.Sockets.Open.Count == 2, TimeSpan.FromSeconds(20), Cancel);
        return new SlackDriver(bot);
    }
}
