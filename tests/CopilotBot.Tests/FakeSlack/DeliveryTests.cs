using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.FakeSlack;

public sealed class DeliveryTests
{
    [Fact]
    public async Task An_event_is_signed_and_enveloped()
    {
        await using var bench = await Bench.StartAsync();

        var delivery = await bench.Slack.As(bench.Ada).SayAsync("a < b", Bench.Cancelled);

        var request = bench.Bot.Last;
        var timestamp = request.Headers["X-Slack-Request-Timestamp"];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(bench.Slack.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{request.Body}")));
        (request.Path, request.Headers["X-Slack-Signature"], timestamp).ShouldBe(("/slack/events", $"v0={expected}", bench.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        var (envelope, inner) = (request.Json, request.Json.GetProperty("event"));
        (envelope.GetProperty("type").GetString(), envelope.GetProperty("authorizations")[0].GetProperty("team_id").GetString()).ShouldBe(("event_callback", bench.Slack.Workspace.TeamId));
        (inner.GetProperty("type").GetString(), inner.GetProperty("channel_type").GetString(), inner.GetProperty("text").GetString(), inner.GetProperty("ts").GetString(), inner.GetProperty("user").GetString())
            .ShouldBe(("message", "im", "a &lt; b", delivery.Ts, bench.Ada.Id));
        (delivery.IsTaken, delivery.Attempts.Count, delivery.Thread).ShouldBe((true, 1, delivery.Ts));
    }

    [Theory]
    [InlineData(SignatureFault.WrongSecret)]
    [InlineData(SignatureFault.OtherBody)]
    [InlineData(SignatureFault.OtherVersion)]
    [InlineData(SignatureFault.NoSignature)]
    [InlineData(SignatureFault.NoTimestamp)]
    [InlineData(SignatureFault.Stale)]
    [InlineData(SignatureFault.Future)]
    public async Task A_signature_can_be_wrong(SignatureFault fault)
    {
        await using var bench = await Bench.StartAsync();

        await bench.Slack.SendRawAsync(SlackPayloadKind.Event, new JsonObject { ["type"] = "x" }, fault, Bench.Cancelled);

        IsSigned(bench).ShouldBeFalse();
        await bench.Slack.VerifyUrlAsync("c", cancellationToken: Bench.Cancelled);
        IsSigned(bench).ShouldBeTrue();
    }

    [Fact]
    public async Task The_check_of_the_certificate_is_not_signed()
    {
        await using var bench = await Bench.StartAsync();

        await bench.Slack.CheckSslAsync("payload=x", Bench.Cancelled);

        (bench.Bot.Last.Form("ssl_check"), bench.Bot.Last.Form("payload"), bench.Bot.Last.Headers.ContainsKey("X-Slack-Signature")).ShouldBe(("1", "x", false));
    }

    [Theory]
    [InlineData(MentionOrder.MentionFirst)]
    [InlineData(MentionOrder.MessageFirst)]
    public async Task A_mention_in_a_channel_comes_as_two_events_with_one_ts(MentionOrder order)
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.MentionOrder = order;

        var delivery = await bench.Slack.As(bench.Ada).SayAsync(bench.Channel, "Hello", cancellationToken: Bench.Cancelled);

        bench.Bot.Events.Select(inner => inner.GetProperty("type").GetString()).ShouldBe(order == MentionOrder.MentionFirst ? ["app_mention", "message"] : ["message", "app_mention"]);
        bench.Bot.Events.Select(inner => inner.GetProperty("ts").GetString()).Distinct().ShouldBe([delivery.Ts]);
        delivery.Sent.Select(payload => payload.EventId).Distinct().Count().ShouldBe(2);
        bench.Bot.Events[0].GetProperty("text").GetString().ShouldBe($"<@{bench.Slack.Workspace.BotUserId}> Hello");
    }

    [Fact]
    public async Task Only_what_the_app_subscribed_to_comes()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.Subscriptions.Remove("message.channels");

        await bench.Slack.As(bench.Ada).SayAsync(bench.Channel, "Hello", cancellationToken: Bench.Cancelled);
        var unseen = await bench.Slack.As(bench.Ada).SayAsync(bench.Channel, "Hello", mention: false, Bench.Cancelled);
        bench.Channel.HasBot = false;
        await bench.Slack.As(bench.Ada).SayAsync(bench.Channel, "Hello", cancellationToken: Bench.Cancelled);

        bench.Bot.Events.Count.ShouldBe(1);
        unseen.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_fails_comes_again_with_the_headers_of_a_retry()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(new BotStub((number, _) => number switch
        {
            1 => Task.FromException<HttpResponseMessage>(new HttpRequestException("refused")),
            4 => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)),
            _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)),
        }));
        bench.Slack.RedeliveryDelays = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero];

        var delivery = await bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);

        delivery.Attempts.Select(attempt => attempt.Status).ShouldBe([null, 404, 404, 200]);
        bench.Bot.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem();
        bench.Bot.Requests.Skip(1).Select(request => (request.Headers["X-Slack-Retry-Num"], request.Headers["X-Slack-Retry-Reason"]))
            .ShouldBe([("1", "connection_failed"), ("2", "http_error"), ("3", "http_error")]);
    }

    [Fact]
    public async Task Retries_wait_a_minute_and_five_on_the_clock()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(BotStub.Answering(_ => HttpStatusCode.InternalServerError));

        var saying = bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);
        while (!saying.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        var sent = (await saying).Attempts.Select(attempt => attempt.SentAt).ToList();
        sent.Count.ShouldBe(4);
        (sent[2] - sent[1] >= TimeSpan.FromMinutes(1), sent[3] - sent[2] >= TimeSpan.FromMinutes(5)).ShouldBe((true, true));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_answer_in_three_seconds_is_a_failure_and_a_bot_may_decline_retries()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(new BotStub(async (number, left) =>
        {
            await (number == 1 ? new TaskCompletionSource().Task.WaitAsync(left) : Task.CompletedTask);
            var declined = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            declined.Headers.Add("x-slack-no-retry", "1");
            return declined;
        }));

        var saying = bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);
        await bench.Bot.Reached.Task;
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        var delivery = await saying;

        delivery.Attempts.Select(attempt => (attempt.Status, attempt.Elapsed)).ShouldBe([(null, TimeSpan.FromSeconds(3)), (503, TimeSpan.Zero)]);
        bench.Bot.Last.Headers["X-Slack-Retry-Reason"].ShouldBe("http_timeout");
    }

    [Fact]
    public async Task Commands_and_interactions_come_once_and_must_be_taken()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(BotStub.Answering(_ => HttpStatusCode.Accepted));

        var command = await bench.Slack.As(bench.Ada).CommandAsync(bench.Channel, "/ask", "vpn", Bench.Cancelled);
        var shortcut = await bench.Slack.As(bench.Ada).ShortcutAsync("ask", Bench.Cancelled);

        (command.Attempts.Count, shortcut.Attempts.Count).ShouldBe((1, 1));
        bench.Broken.ShouldBe(["command-ack", "interaction-ack"]);
    }

    [Fact]
    public async Task A_delivery_can_be_repeated()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.Slack.As(bench.Ada).SayAsync("Hello", Bench.Cancelled);

        await bench.Slack.RedeliverAsync(first, cancellationToken: Bench.Cancelled);
        await bench.Slack.RedeliverAsync(first, retry: 0, cancellationToken: Bench.Cancelled);

        bench.Bot.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem();
        bench.Bot.Requests.Select(request => request.Headers.ContainsKey("X-Slack-Retry-Num")).ShouldBe([false, true, false]);
        bench.Slack.Messages(bench.Direct).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_bot_hears_of_its_own_acts_and_of_thread_counters()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.EchoesBotActs = bench.Slack.SendsThreadCounters = true;
        var parent = await bench.AskAsync();
        var heard = bench.Bot.Requests.Count;

        var ts = (await bench.PostAsync(bench.Channel, "one", parent)).Ts;
        await bench.CallAsync("chat.update", new { channel = bench.Channel.Id, ts, text = "two" });
        await bench.Slack.SettleAsync();

        var events = bench.Bot.Events.Skip(heard).ToList();
        events.Count.ShouldBe(3);
        var posted = events.Single(inner => !inner.TryGetProperty("subtype", out _));
        (posted.GetProperty("bot_id").GetString(), posted.GetProperty("text").GetString()).ShouldBe((bench.Slack.Workspace.BotId, "one"));
        var changed = events.Where(inner => inner.TryGetProperty("subtype", out var subtype) && subtype.GetString() == "message_changed")
            .Select(inner => (inner.GetProperty("message").GetProperty("ts").GetString(), inner.GetProperty("previous_message").GetProperty("text").GetString(), inner.GetProperty("message").GetProperty("text").GetString()));
        changed.ShouldBe([(parent, Hello(bench), Hello(bench)), (ts, "one", "two")], ignoreOrder: true);
    }

    [Fact]
    public async Task Notices_and_unknown_payloads_come_as_they_are()
    {
        await using var bench = await Bench.StartAsync();

        await bench.Slack.SendRateLimitedAsync(bench.Slack.Workspace, Bench.Cancelled);
        await bench.Slack.SendAsync(SlackPayloadKind.Interaction, new JsonObject { ["type"] = "novel" }, Bench.Cancelled);
        await bench.Slack.SendEventAsync(new JsonObject { ["type"] = "novel" }, cancellationToken: Bench.Cancelled);

        bench.Bot.Requests[0].Json.GetProperty("type").GetString().ShouldBe("app_rate_limited");
        bench.Bot.Requests[1].Payload.GetProperty("type").GetString().ShouldBe("novel");
        bench.Bot.Requests[2].Json.GetProperty("event").GetProperty("type").GetString().ShouldBe("novel");
    }

    private static string Hello(Bench bench) => $"<@{bench.Slack.Workspace.BotUserId}> Hello";

    private static bool IsSigned(Bench bench)
    {
        var (request, now) = (bench.Bot.Last, bench.Clock.GetUtcNow().ToUnixTimeSeconds());
        if (!request.Headers.TryGetValue("X-Slack-Signature", out var signature) || !request.Headers.TryGetValue("X-Slack-Request-Timestamp", out var timestamp))
        {
            return false;
        }

        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(bench.Slack.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{request.Body}"));
        return signature == $"v0={Convert.ToHexStringLower(hash)}" && Math.Abs(now - long.Parse(timestamp, CultureInfo.InvariantCulture)) <= 300;
    }
}
