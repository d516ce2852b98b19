using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Channels.Slack.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Slack.Sockets;

/// <summary>The rules of facts §5.</summary>
public sealed class SlackSocketServiceTests : IAsyncLifetime
{
    private const string AppToken = "xapp-token-of-the-test";

    private readonly ConcurrentQueue<SlackDelivery> _taken = new();
    private readonly List<SlackHost> _hosts = [];
    private SocketServer _server = null!; // until the test is prepared
    private Func<SlackDelivery, Task<JsonObject?>> _take = _ => Task.FromResult<JsonObject?>(null);

    public async ValueTask InitializeAsync() => _server = await SocketServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            var stopping = host.Get<SlackSocketService>().StopAsync(CancellationToken.None);
            host.Clock.Advance(TimeSpan.FromSeconds(3));
            await stopping;
            host.Dispose();
        }

        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("events_api", SlackDeliveryKind.Event)]
    [InlineData("slash_commands", SlackDeliveryKind.Command)]
    [InlineData("interactive", SlackDeliveryKind.Interaction)]
    public async Task What_is_delivered_is_taken_and_then_acknowledged(string type, object kind)
    {
        var taking = new TaskCompletionSource<JsonObject?>();
        _take = _ => taking.Task;
        var (host, _) = await StartAsync();
        var socket = await _server.GreetAsync();

        await socket.SendAsync($$"""{"envelope_id":"e1","type":"{{type}}","accepts_response_payload":false,"payload":{"text":"Wörter"},"retry_attempt":1}""");
        while (_taken.IsEmpty)
        {
            await Task.Yield();
        }

        socket.HasNone.ShouldBeTrue("not before it is stored");
        taking.SetResult(null);
        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e1"}""");
        var delivery = _taken.ShouldHaveSingleItem();
        delivery.Kind.ShouldBe((SlackDeliveryKind)kind);
        delivery.Payload.GetProperty("text").GetString().ShouldBe("Wörter");
        host.Get<SlackSocketService>().LastFrameAge.ShouldBe(TimeSpan.Zero);
        host.Logs.Lines.ShouldAllBe(line => !line.Contains(AppToken) && !line.Contains("Wörter") && !line.Contains("/link"));
    }

    [Theory]
    [InlineData("true", """{"envelope_id":"e1","payload":{"text":"für <dich>"}}""")]
    [InlineData("false", """{"envelope_id":"e1"}""")]
    public async Task An_answer_rides_on_the_acknowledgement_where_Slack_takes_one(string accepts, string acknowledgement)
    {
        _take = _ => Task.FromResult<JsonObject?>(new JsonObject { ["text"] = "für <dich>" });
        await StartAsync();
        var socket = await _server.GreetAsync();

        await socket.SendAsync($$$"""{"envelope_id":"e1","type":"slash_commands","accepts_response_payload":{{{accepts}}},"payload":{}}""");

        (await socket.NextAsync()).ShouldBe(acknowledgement);
    }

    [Fact]
    public async Task Who_takes_long_holds_nobody_up_and_a_failure_is_not_acknowledged()
    {
        var slow = new TaskCompletionSource<JsonObject?>();
        _take = delivery => delivery.Payload.GetProperty("n").GetInt32() switch
        {
            1 => slow.Task,
            2 => throw new InvalidOperationException("broken store"),
            _ => Task.FromResult<JsonObject?>(null),
        };
        var (host, _) = await StartAsync();
        var socket = await _server.GreetAsync();

        for (var n = 1; n <= 3; n++)
        {
            await socket.SendAsync($$$"""{"envelope_id":"e{{{n}}}","type":"events_api","payload":{"n":{{{n}}} }}""");
        }

        await socket.SendAsync("not json");
        await socket.SendAsync("""{"type":"something_new"}""");
        await socket.SendAsync("""{"envelope_id":"e4","type":"something_new","payload":{}}""");
        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e3"}""");
        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e4"}""", "what is not known is not wanted again");
        slow.SetResult(null);
        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e1"}""");
        _taken.Count.ShouldBe(3);
        host.Logs.Lines.Count(line => line.StartsWith("Error A delivery of Slack could not be taken.", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_new_socket_is_open_before_the_old_one_is_closed_and_the_old_one_is_read_meanwhile()
    {
        var (host, slack) = await StartAsync();
        var old = await _server.GreetAsync();
        await old.SendAsync("""{"type":"disconnect","reason":"warning"}""");
        var young = await _server.GreetAsync(connections: 2);

        await old.SendAsync("""{"envelope_id":"late","type":"events_api","payload":{}}""");
        (await old.NextAsync()).ShouldBe("""{"envelope_id":"late"}""");
        old.Closed.IsCompleted.ShouldBeFalse();
        await young.SendAsync("""{"envelope_id":"new","type":"events_api","payload":{}}""");
        (await young.NextAsync()).ShouldBe("""{"envelope_id":"new"}""");

        await old.CloseAsync();
        await old.Closed;
        young.Closed.IsCompleted.ShouldBeFalse();
        slack.Requests.Count.ShouldBe(2);
        slack.Requests.ShouldAllBe(request => request.Authorization == $"Bearer {AppToken}" && request.Address.EndsWith("/apps.connections.open"));
        host.Logs.Lines.ShouldNotContain(line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_socket_that_Slack_leaves_open_is_closed_after_ten_seconds()
    {
        var (host, _) = await StartAsync();
        var old = await _server.GreetAsync();
        await old.SendAsync("""{"type":"disconnect","reason":"refresh_requested"}""");
        await _server.GreetAsync();

        host.Clock.Advance(TimeSpan.FromSeconds(9.9));
        old.Closed.IsCompleted.ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await old.Closed;
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_after_a_moment()
    {
        var (host, slack) = await StartAsync();
        (await _server.GreetAsync()).Drop();

        await host.Clock.PassAsync(.5, 1);

        await _server.GreetAsync();
        slack.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_socket_that_never_greets_is_given_up_and_the_pauses_grow()
    {
        var (host, _) = await StartAsync();
        for (var failure = 1; failure <= 2; failure++)
        {
            var socket = await _server.NextAsync();
            await host.Clock.PassAsync(8, 8);
            await socket.Closed;
            await host.Clock.PassAsync(failure / 2.0, failure);
        }
    }

    [Fact]
    public async Task Too_many_sockets_are_no_reason_to_try_at_once()
    {
        var (host, slack) = await StartAsync();
        var socket = await _server.GreetAsync(connections: 10);
        await socket.SendAsync("""{"type":"disconnect","reason":"too_many_websockets"}""");

        await host.Clock.PassAsync(30, 30);

        await _server.GreetAsync(connections: 10);
        slack.Requests.Count.ShouldBe(2);
        host.Logs.Lines.Count(line => line.StartsWith("Warning The Slack app has 10 sockets, 1 of them ours", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("not_authed")]
    [InlineData("account_inactive")]
    [InlineData("user_removed_from_team")]
    [InlineData("team_disabled")]
    public async Task Where_Slack_lets_nobody_in_nobody_tries_again(string error)
    {
        var (host, slack) = await StartAsync(reply: $$"""{"ok":false,"error":"{{error}}"}""", sockets: 3);

        await host.Get<SlackSocketService>().ExecuteTask!;

        slack.Requests.Count.ShouldBe(3);
        var line = host.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldHaveSingleItem();
        line.ShouldContain(error);
        line.ShouldContain(SlackSecrets.AppTokenVariable);
        line.ShouldNotContain(AppToken);
    }

    [Fact]
    public async Task A_switched_off_link_is_not_opened_again()
    {
        var (host, slack) = await StartAsync();
        var socket = await _server.GreetAsync();

        await socket.SendAsync("""{"type":"disconnect","reason":"link_disabled"}""");

        await host.Get<SlackSocketService>().ExecuteTask!;
        slack.Requests.Count.ShouldBe(1);
        host.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("link_disabled"));
    }

    [Theory]
    [InlineData("""{"ok":true,"url":"https://slack.com/link"}""")]
    [InlineData("""{"ok":true,"url":"ws://slack.example/link"}""")]
    [InlineData("""{"ok":true}""")]
    [InlineData("""{"ok":false,"error":"internal_error"}""")]
    [InlineData("""{"ok":true,"url":"ws://127.0.0.1:1/link"}""")]
    public async Task What_does_not_work_now_is_tried_again(string reply)
    {
        var (host, slack) = await StartAsync(reply);

        await host.Clock.PassAsync(.5, 1);
        await host.Clock.PassAsync(1, 2);

        slack.Requests.Count.ShouldBeGreaterThanOrEqualTo(2);
        host.Get<SlackSocketService>().LastFrameAge.ShouldBeNull();
    }

    [Fact]
    public async Task As_many_sockets_are_open_as_the_settings_say_and_each_goes_its_own_way()
    {
        var (host, _) = await StartAsync(sockets: 2);
        var (first, second) = (await _server.GreetAsync(1), await _server.GreetAsync(2));

        first.Drop();
        await host.Clock.PassAsync(.5, 1);
        await _server.GreetAsync(2);

        second.Closed.IsCompleted.ShouldBeFalse();
        host.Logs.Lines.ShouldNotContain(line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_end_what_came_is_acknowledged_before_the_socket_closes()
    {
        var taking = new TaskCompletionSource<JsonObject?>();
        _take = _ => taking.Task;
        var (host, _) = await StartAsync();
        var socket = await _server.GreetAsync();
        await socket.SendAsync("""{"envelope_id":"e1","type":"events_api","payload":{}}""");
        while (_taken.IsEmpty)
        {
            await Task.Yield();
        }

        var stopping = host.Get<SlackSocketService>().StopAsync(TestContext.Current.CancellationToken);
        socket.Closed.IsCompleted.ShouldBeFalse();
        taking.SetResult(null);

        (await socket.NextAsync()).ShouldBe("""{"envelope_id":"e1"}""");
        await socket.Closed;
        await stopping;
    }

    [Fact]
    public async Task Without_Socket_Mode_nothing_is_opened()
    {
        using var slack = new SlackStub();
        using var host = SlackHost.With(slack, AddSockets, (SlackSecrets.SigningSecretVariable, "s"), (SlackSecrets.BotTokenVariable, "xoxb-1"));

        await host.Get<SlackSocketService>().StartAsync(TestContext.Current.CancellationToken);
        await host.Get<SlackSocketService>().ExecuteTask!;

        slack.Requests.ShouldBeEmpty();
    }

    private async Task<(SlackHost Host, SlackStub Slack)> StartAsync(string? reply = null, int sockets = 1)
    {
        var slack = SlackStub.Always(200, reply ?? $$"""{"ok":true,"url":"{{_server.Url}}"}""");
        var host = SlackHost.With(
            slack,
            AddSockets,
            (SlackSecrets.AppTokenVariable, AppToken),
            (SlackSecrets.BotTokenVariable, SlackHost.BotToken),
            ("Slack:SocketMode", "true"),
            ("Slack:Sockets", $"{sockets}"),
            ("Slack:ApiUrl", "http://127.0.0.1:1/api/"));
        _hosts.Add(host);
        await host.Get<SlackSocketService>().StartAsync(TestContext.Current.CancellationToken);
        return (host, slack);
    }

    private void AddSockets(IServiceCollection services)
    {
        services.AddSlackSockets();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SlackSocketService>(provider, (Func<SlackDelivery, Task<JsonObject?>>)(delivery =>
        {
            _taken.Enqueue(delivery);
            return _take(delivery);
        })));
    }
}
