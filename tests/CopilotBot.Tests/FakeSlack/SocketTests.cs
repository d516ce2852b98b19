using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CopilotBot.Tests.FakeSlack;

public sealed class SocketTests
{
    [Fact]
    public async Task A_socket_says_hello_and_takes_what_is_delivered()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.SocketModeOn = true;
        using var socket = await ConnectAsync(bench);
        var hello = await ReceiveAsync(socket);

        var saying = bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);
        var envelope = await ReceiveAsync(socket);
        await SendAsync(socket, new { envelope_id = envelope.GetProperty("envelope_id").GetString(), payload = new { } });
        var delivery = await saying;

        (hello.GetProperty("type").GetString(), hello.GetProperty("num_connections").GetInt32()).ShouldBe(("hello", 1));
        (envelope.GetProperty("type").GetString(), envelope.GetProperty("accepts_response_payload").GetBoolean(), envelope.GetProperty("retry_attempt").GetInt32()).ShouldBe(("events_api", false, 0));
        envelope.GetProperty("payload").GetProperty("event").GetProperty("text").GetString().ShouldBe("Hello");
        (delivery.IsTaken, bench.Bot.Requests.Count).ShouldBe((true, 0));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_acknowledgement_of_a_command_may_carry_its_answer()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.SocketModeOn = true;
        using var socket = await ConnectAsync(bench);
        await ReceiveAsync(socket);

        var asking = bench.Slack.As(bench.Ada).CommandAsync(bench.Channel, "/ask", "x", Bench.Cancelled);
        var envelope = await ReceiveAsync(socket);
        await SendAsync(socket, new { envelope_id = envelope.GetProperty("envelope_id").GetString(), payload = new { text = "I look" } });
        await asking;

        envelope.GetProperty("payload").GetProperty("is_enterprise_install").GetString().ShouldBe("false");
        bench.Slack.Ephemerals(bench.Ada.Id).ShouldHaveSingleItem().Text.ShouldBe("I look");
    }

    [Fact]
    public async Task What_is_not_acknowledged_on_its_socket_comes_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.SocketModeOn = true;
        bench.Slack.RedeliveryDelays = [TimeSpan.Zero];
        using var first = await ConnectAsync(bench);
        await ReceiveAsync(first);

        var saying = bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);
        var envelope = await ReceiveAsync(first);
        using var second = await ConnectAsync(bench);
        await ReceiveAsync(second);
        await SendAsync(second, new { envelope_id = envelope.GetProperty("envelope_id").GetString() });
        await bench.Slack.WaitForAsync(slack => slack.Violations.Count == 1, TimeSpan.FromSeconds(30), Bench.Cancelled);
        await second.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Bench.Cancelled);
        await bench.Slack.WaitForAsync(slack => slack.Sockets.Open is [1], TimeSpan.FromSeconds(30), Bench.Cancelled);
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        var again = await ReceiveAsync(first);
        await SendAsync(first, new { envelope_id = again.GetProperty("envelope_id").GetString() });

        (await saying).Attempts.Select(attempt => attempt.Status).ShouldBe([null, 200]);
        (again.GetProperty("retry_attempt").GetInt32(), again.GetProperty("retry_reason").GetString()).ShouldBe((1, "timeout"));
        again.GetProperty("payload").GetProperty("event_id").GetString().ShouldBe(envelope.GetProperty("payload").GetProperty("event_id").GetString());
        bench.Broken.ShouldBe(["ack-socket"]);
    }

    [Fact]
    public async Task A_ticket_is_used_once_and_soon_and_only_the_app_token_buys_one()
    {
        await using var bench = await Bench.StartAsync();
        var (used, late) = (await UrlAsync(bench), await UrlAsync(bench));
        using var socket = await ConnectAsync(used);

        await Should.ThrowAsync<WebSocketException>(ConnectAsync(used));
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<WebSocketException>(ConnectAsync(late));
        (await bench.FormWithAsync("xapp-wrong", "apps.connections.open")).Error.ShouldBe("invalid_auth");
        (await bench.FormAsync("apps.connections.open")).Error.ShouldBe("not_allowed_token_type");

        (bench.Slack.Sockets.OpenedCount, bench.Slack.Sockets.Open.Count).ShouldBe((1, 1));
        bench.Broken.ShouldBe(["socket-ticket"]);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "socket-gap")]
    public async Task A_socket_that_is_to_be_replaced_closes_after_the_new_one_is_open(bool isNewFirst, string rule)
    {
        await using var bench = await Bench.StartAsync();
        using var old = await ConnectAsync(bench);
        await ReceiveAsync(old);
        await bench.Slack.Sockets.DisconnectAsync("refresh_requested", cancellationToken: Bench.Cancelled);
        (await ReceiveAsync(old)).GetProperty("reason").GetString().ShouldBe("refresh_requested");

        using var replacement = isNewFirst ? await ConnectAsync(bench) : null;
        if (replacement is not null)
        {
            await ReceiveAsync(replacement);
        }

        await old.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Bench.Cancelled);
        await bench.Slack.WaitForAsync(slack => slack.Sockets.Open.All(number => number != 1), TimeSpan.FromSeconds(30), Bench.Cancelled);

        bench.Broken.ShouldBe(rule.Length == 0 ? [] : [rule]);
    }

    [Fact]
    public async Task After_link_disabled_the_bot_stays_away()
    {
        await using var bench = await Bench.StartAsync();
        using var socket = await ConnectAsync(bench);
        await ReceiveAsync(socket);

        await bench.Slack.Sockets.DisconnectAsync("link_disabled", cancellationToken: Bench.Cancelled);
        (await ReceiveAsync(socket)).GetProperty("reason").GetString().ShouldBe("link_disabled");
        (await socket.ReceiveAsync(new byte[16], Bench.Cancelled)).MessageType.ShouldBe(WebSocketMessageType.Close);
        bench.Broken.ShouldBeEmpty();
        await UrlAsync(bench);

        bench.Broken.ShouldBe(["socket-after-disabled"]);
    }

    [Fact]
    public async Task A_deaf_socket_swallows_what_is_delivered()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.SocketModeOn = true;
        bench.Slack.RedeliveryDelays = [];
        using var socket = await ConnectAsync(bench);
        await ReceiveAsync(socket);
        bench.Slack.Sockets.SetDeaf(true);

        var saying = bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);
        bench.Clock.Advance(TimeSpan.FromSeconds(3));

        (await saying).IsTaken.ShouldBeFalse();
        bench.Slack.Sockets.Open.Count.ShouldBe(1);
        bench.Slack.Sockets.SetDeaf(false);
        var again = bench.Slack.As(bench.Ada).SayAsync("Again", Bench.Cancelled);
        var envelope = await ReceiveAsync(socket);
        await SendAsync(socket, new { envelope_id = envelope.GetProperty("envelope_id").GetString() });
        (await again).IsTaken.ShouldBeTrue();
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_app_has_ten_sockets()
    {
        await using var bench = await Bench.StartAsync();
        List<ClientWebSocket> sockets = [];
        foreach (var number in Enumerable.Range(1, 10))
        {
            sockets.Add(await ConnectAsync(bench));
            (await ReceiveAsync(sockets[^1])).GetProperty("num_connections").GetInt32().ShouldBe(number);
        }

        using var eleventh = await ConnectAsync(bench);
        (await ReceiveAsync(eleventh)).GetProperty("reason").GetString().ShouldBe("too_many_websockets");
        bench.Slack.Sockets.Drop(1);
        await bench.Slack.WaitForAsync(slack => slack.Sockets.Open.All(number => number is > 1 and < 11), TimeSpan.FromSeconds(30), Bench.Cancelled);
        sockets.ForEach(socket => socket.Dispose());

        bench.Broken.ShouldBe(["socket-count"]);
    }

    private static async Task<string> UrlAsync(Bench bench) => (await bench.FormWithAsync(bench.Slack.AppToken, "apps.connections.open"))["url"].GetString()!;

    private static async Task<ClientWebSocket> ConnectAsync(Bench bench) => await ConnectAsync(await UrlAsync(bench));

    private static async Task<ClientWebSocket> ConnectAsync(string url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url), Bench.Cancelled);
        return socket;
    }

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[32_768];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), Bench.Cancelled);
            length += read.Count;
            if (read.EndOfMessage)
            {
                return JsonElement.Parse(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
    }

    private static ValueTask SendAsync(ClientWebSocket socket, object frame) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, Bench.Cancelled);
}
