using System.Net;
using System.Web;
using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Several workspaces, each installed by a person in a browser (facts/slack.md §7), with the whole server and the strict fake.</summary>
public sealed class SlackInstallsTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_workspace_is_answered_with_its_own_token(bool rotates)
    {
        await using var slack = await StartAsync();
        slack.Slack.RotatesTokens = rotates;
        var (first, second) = (slack.Slack.AddWorkspace("First", isInstalled: false), slack.Slack.AddWorkspace("Second", isInstalled: false));
        foreach (var workspace in new[] { first, second })
        {
            (await InstallAsync(slack, workspace)).ShouldBe(HttpStatusCode.OK);
        }

        foreach (var workspace in new[] { first, second })
        {
            var person = slack.Slack.AddUser(workspace, "Alba Quintero", "alba.quintero@halvorne.example");
            await slack.Slack.As(person).SayAsync(Laptop, Cancel);
            await ChannelConformance.SettleAsync(slack);

            // Nobody listed either of the two: whatever address their people claim, they are nobody to the sources.
            slack.Slack.Messages(slack.Slack.Direct(person)).Single(message => message.AuthorIsBot).Text.ShouldContain("I don't know");
        }

        foreach (var file in Directory.EnumerateFiles(slack.Bot.DataFolder, "state*"))
        {
            await using var stored = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes, Cancel);
            System.Text.Encoding.UTF8.GetString(bytes.ToArray()).ShouldNotContain(first.BotToken);
        }

        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workspace_that_is_not_installed_gets_nothing_and_one_that_was_removed_nothing_more()
    {
        await using var slack = await StartAsync();
        var workspace = slack.Slack.AddWorkspace("First", isInstalled: false);
        await InstallAsync(slack, workspace);
        var person = slack.Slack.As(slack.Slack.AddUser(workspace, "Alba Quintero", "alba.quintero@halvorne.example"));
        await person.SayAsync(Laptop, Cancel);
        await ChannelConformance.SettleAsync(slack);

        await slack.Slack.UninstallAsync(workspace, Cancel);
        var calls = slack.Slack.Calls.Count;
        await slack.Slack.SendEventAsync(new() { ["type"] = "message", ["channel"] = person.Direct.Id, ["channel_type"] = "im", ["user"] = person.User.Id, ["ts"] = "1.2", ["text"] = Laptop }, workspace, person.Direct, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Calls.Count.ShouldBe(calls);
        slack.BrokenRules.ShouldBeEmpty();
    }

    /// <summary>As a browser does it: with the cookie, and by the addresses that it is sent to.</summary>
    private static async Task<HttpStatusCode> InstallAsync(SlackDriver slack, SlackWorkspace workspace)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler);
        using var sent = await browser.GetAsync(new Uri(slack.Bot.Address, "slack/install"), Cancel);
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var query = HttpUtility.ParseQueryString(sent.Headers.Location!.Query);
        var back = slack.Slack.Approve(query["state"]!, query["redirect_uri"]!, slack.Slack.AddUser(workspace, "an admin"), workspace);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(slack.Bot.Address, back.PathAndQuery));
        request.Headers.Add("Cookie", sent.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var installed = await browser.SendAsync(request, Cancel);
        return installed.StatusCode;
    }

    private async Task<SlackDriver> StartAsync()
    {
        var bot = await SlackBot.StartAsync(
            slack => new Dictionary<string, string?>
            {
                ["COPILOTBOT_SLACK_BOT_TOKEN"] = null,
                ["COPILOTBOT_SLACK_CLIENT_SECRET"] = slack.ClientSecret,
                ["Slack:ClientId"] = slack.ClientId,
                ["Slack:PublicUrl"] = "https://copilot.halvorne.example",
            },
            indexed: demo.Path);
        return new SlackDriver(bot);
    }
}
