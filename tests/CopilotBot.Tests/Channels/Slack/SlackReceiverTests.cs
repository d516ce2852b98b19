using System.Text.Json.Nodes;
using CopilotBot.Conversations;
using CopilotBot.FakeSlack;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>What the addresses answer that Slack delivers to: the table of facts/slack.md §1.2, and what it does better.</summary>
public sealed class SlackReceiverTests(SlackReceiverTests.Server server) : IClassFixture<SlackReceiverTests.Server>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SlackPlatform Slack => server.Bot.Slack;

    [Theory]
    [InlineData(SignatureFault.None, 200)]
    [InlineData(SignatureFault.WrongSecret, 401)]
    [InlineData(SignatureFault.OtherBody, 401)]
    [InlineData(SignatureFault.OtherVersion, 401)]
    [InlineData(SignatureFault.NoSignature, 401)]
    [InlineData(SignatureFault.NoTimestamp, 401)]
    [InlineData(SignatureFault.Stale, 401)]
    [InlineData(SignatureFault.Future, 401)]
    public async Task Only_what_slack_signed_just_now_comes_in(SignatureFault fault, int status)
    {
        foreach (var kind in Enum.GetValues<SlackPayloadKind>())
        {
            var attempt = await Slack.SendRawAsync(kind, new JsonObject { ["type"] = "something_new" }, fault, Cancel);

            attempt.Status.ShouldBe(status);
            attempt.Body.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_address_is_verified_by_its_challenge_which_is_signed()
    {
        (await Slack.VerifyUrlAsync("a challenge", cancellationToken: Cancel)).Body.ShouldBe("""{"challenge":"a challenge"}""");
        var forged = await Slack.VerifyUrlAsync("a challenge", SignatureFault.WrongSecret, Cancel);
        (forged.Status, forged.Body).ShouldBe((401, ""));
    }

    [Fact]
    public async Task A_look_at_the_certificate_needs_no_signature_and_can_smuggle_nothing()
    {
        var smuggled = Uri.EscapeDataString("""{"type":"block_actions","user":{"id":"U1"}}""");
        foreach (var path in new[] { Slack.CommandsPath, Slack.InteractivityPath })
        {
            var attempt = await Slack.SendRawAsync(path, $"ssl_check=1&command=%2Fask&text=hello&user_id=U1&trigger_id=1.2&payload={smuggled}", "application/x-www-form-urlencoded", SignatureFault.NoSignature, Cancel);
            (attempt.Status, attempt.Body).ShouldBe((200, ""));
        }

        (await Slack.SendRawAsync(Slack.EventsPath, "ssl_check=1", "application/x-www-form-urlencoded", SignatureFault.NoSignature, Cancel)).Status.ShouldBe(401, "events are no forms");
        server.Bot.Services.GetRequiredService<IChannelStore>().GetOpenTurns().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("slack/events", """{"type":"event_callback","event_id":"Ev1","event":{"type":"emoji_changed"}}""")]
    [InlineData("slack/events", """{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1}""")]
    [InlineData("slack/events", """{"type":"event_callback","event_id":"Ev2","event":{"type":"message","subtype":"channel_topic","channel":"C1","user":"U1","ts":"1.2","text":"x"}}""")]
    [InlineData("slack/events", "[]")]
    [InlineData("slack/interactivity", "payload=%7B%22type%22%3A%22block_actions%22%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%2C%22actions%22%3A%5B%7B%22action_id%22%3A%22old%22%7D%5D%7D")]
    [InlineData("slack/interactivity", "payload=%7B%22type%22%3A%22view_closed%22%2C%22user%22%3A%7B%22id%22%3A%22U1%22%7D%7D")]
    [InlineData("slack/interactivity", "payload=%7B%22type%22%3A%22brand_new%22%7D")]
    [InlineData("slack/commands", "command=%2Fask")]
    public async Task What_is_valid_and_not_known_is_taken(string path, string body)
    {
        var attempt = await Slack.SendRawAsync(path, body, path == "slack/events" ? "application/json" : "application/x-www-form-urlencoded", cancellationToken: Cancel);

        (attempt.Status, attempt.Body).ShouldBe((200, ""));
    }

    [Theory]
    [InlineData("slack/events", "{broken", 400)]
    [InlineData("slack/events", "", 400)]
    [InlineData("slack/interactivity", "payload=%7Bbroken", 400)]
    [InlineData("slack/interactivity", "nothing=1", 400)]
    [InlineData("slack/elsewhere", "{}", 404)]
    public async Task What_is_broken_says_so(string path, string body, int status) =>
        (await Slack.SendRawAsync(path, body, "application/json", cancellationToken: Cancel)).Status.ShouldBe(status);

    [Fact]
    public async Task Options_are_none_and_nothing_is_read_by_get()
    {
        var body = $"payload={Uri.EscapeDataString("""{"type":"block_suggestion","user":{"id":"U1"},"action_id":"x"}""")}";
        (await Slack.SendRawAsync("slack/options", body, "application/x-www-form-urlencoded", cancellationToken: Cancel)).Body.ShouldBe("""{"options":[]}""");

        using var http = new HttpClient();
        using var got = await http.GetAsync(new Uri(server.Bot.Address, "slack/events"), Cancel);
        ((int)got.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read() =>
        (await Slack.SendRawAsync("slack/events", $"{{\"type\":\"{new string('x', 2_000_000)}\"}}", "application/json", cancellationToken: Cancel)).Status.ShouldNotBe(200);

    public sealed class Server : IAsyncLifetime
    {
        private readonly DemoFolder _demo = new();

        internal SlackBot Bot { get; private set; } = null!; // set before any test

        public async ValueTask InitializeAsync()
        {
            await _demo.InitializeAsync();
            Bot = await SlackBot.StartAsync(indexed: _demo.Path);
        }

        public async ValueTask DisposeAsync()
        {
            await Bot.DisposeAsync();
            await _demo.DisposeAsync();
        }
    }
}
