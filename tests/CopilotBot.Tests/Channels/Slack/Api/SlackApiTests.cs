using System.Text.Json.Nodes;
using CopilotBot.Channels;
using CopilotBot.Channels.Slack.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.Tests.Channels.Slack.Api;

/// <summary>The table of facts §2.</summary>
public sealed class SlackApiTests
{
    private const string Text = "text of a person";

    [Theory]
    [InlineData(200, """{"ok":true,"ts":"1.2"}""", "Done", "1.2", "")]
    [InlineData(200, """{"ok":true}""", "Done", null, "")]
    [InlineData(200, """{"ok":true,"warning":"missing_charset"}""", "Done", null, "")]
    [InlineData(200, "not json", "Unknown", null, "200 with an unreadable body")]
    [InlineData(200, "[]", "Unknown", null, "200 with an unreadable body")]
    [InlineData(200, "{}", "Unknown", null, "200 with an unreadable body")]
    [InlineData(200, "", "Unknown", null, "200 with an unreadable body")]
    [InlineData(200, """{"ok":false}""", "ContentRefused", null, "refused without a code")]
    [InlineData(200, """{"ok":false,"error":"text of a person"}""", "ContentRefused", null, "refused without a code")]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""", "Unknown", null, "internal_error")]
    [InlineData(200, """{"ok":false,"error":"fatal_error"}""", "Unknown", null, "fatal_error")]
    [InlineData(200, """{"ok":false,"error":"service_unavailable"}""", "Unknown", null, "service_unavailable")]
    [InlineData(200, """{"ok":false,"error":"request_timeout"}""", "Unknown", null, "request_timeout")]
    [InlineData(200, """{"ok":false,"error":"team_added_to_org"}""", "TryAgain", null, "team_added_to_org")]
    [InlineData(200, """{"ok":false,"error":"msg_blocks_too_long"}""", "ContentRefused", null, "msg_blocks_too_long")]
    [InlineData(200, """{"ok":false,"error":"msg_too_long"}""", "ContentRefused", null, "msg_too_long")]
    [InlineData(200, """{"ok":false,"error":"no_text"}""", "ContentRefused", null, "no_text")]
    [InlineData(200, """{"ok":false,"error":"message_not_in_streaming_state"}""", "ContentRefused", null, "message_not_in_streaming_state")]
    [InlineData(200, """{"ok":false,"error":"streaming_state_conflict"}""", "ContentRefused", null, "streaming_state_conflict")]
    [InlineData(200, """{"ok":false,"error":"missing_recipient_team_id"}""", "ContentRefused", null, "missing_recipient_team_id")]
    [InlineData(200, """{"ok":false,"error":"invalid_thread_ts"}""", "ContentRefused", null, "invalid_thread_ts")]
    [InlineData(200, """{"ok":false,"error":"never_heard_of"}""", "ContentRefused", null, "never_heard_of")]
    [InlineData(200, """{"ok":false,"error":"message_not_found"}""", "Gone", null, "message_not_found")]
    [InlineData(200, """{"ok":false,"error":"thread_not_found"}""", "Gone", null, "thread_not_found")]
    [InlineData(200, """{"ok":false,"error":"cant_update_message"}""", "Gone", null, "cant_update_message")]
    [InlineData(200, """{"ok":false,"error":"channel_not_found"}""", "Forbidden", null, "channel_not_found")]
    [InlineData(200, """{"ok":false,"error":"not_in_channel"}""", "Forbidden", null, "not_in_channel")]
    [InlineData(200, """{"ok":false,"error":"is_archived"}""", "Forbidden", null, "is_archived")]
    [InlineData(200, """{"ok":false,"error":"messages_tab_disabled"}""", "Forbidden", null, "messages_tab_disabled")]
    [InlineData(200, """{"ok":false,"error":"restricted_action_thread_locked"}""", "Forbidden", null, "restricted_action_thread_locked")]
    [InlineData(200, """{"ok":false,"error":"invalid_auth"}""", "Forbidden", null, "invalid_auth")]
    [InlineData(200, """{"ok":false,"error":"account_inactive"}""", "Forbidden", null, "account_inactive")]
    [InlineData(200, """{"ok":false,"error":"token_expired"}""", "Forbidden", null, "token_expired")]
    [InlineData(200, """{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"commands"}""", "Forbidden", null, "missing_scope (needs chat:write)")]
    [InlineData(200, """{"ok":false,"error":"missing_scope","needed":"text of a person"}""", "Forbidden", null, "missing_scope")]
    [InlineData(200, """{"ok":false,"error":"stopped_by_user"}""", "Stopped", null, "stopped_by_user")]
    [InlineData(200, """{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["[ERROR] text of a person",7,"[ERROR] too long [json-pointer:/blocks/0/text/text]","x [json-pointer:/blocks/1]"]}}""", "ContentRefused", null, "invalid_blocks at /blocks/0/text/text")]
    [InlineData(400, """{"ok":false,"error":"invalid_arguments"}""", "ContentRefused", null, "invalid_arguments")]
    [InlineData(302, "", "Forbidden", null, "302")]
    [InlineData(403, "<html>", "Forbidden", null, "403")]
    [InlineData(404, "<html>", "ContentRefused", null, "404")]
    [InlineData(408, "", "Unknown", null, "408")]
    [InlineData(500, """{"ok":false,"error":"channel_not_found"}""", "Unknown", null, "channel_not_found")]
    [InlineData(502, "<html>", "Unknown", null, "502")]
    [InlineData(503, "", "Unknown", null, "503")]
    public async Task An_answer_says_what_became_of_the_message(int status, string body, string expected, string? ts, string reason)
    {
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), SlackStub.Reply(status, body));
        using var host = SlackHost.OneWorkspace(slack);

        var reply = await host.Api.CallAsync(SlackHost.Workspace, "chat.postMessage", new JsonObject { ["channel"] = "C1", ["text"] = Text }, TestContext.Current.CancellationToken);

        reply.Result.ShouldBe(new SendResult(Enum.Parse<SendStatus>(expected), ts, Reason: reason));
        reply.IsOk.ShouldBe(expected == "Done");
        slack.Of("chat.postMessage").Count.ShouldBe(1);
        host.Logs.Lines.ShouldAllBe(line => !line.Contains(SlackHost.BotToken) && !line.Contains(Text));
    }

    [Fact]
    public async Task Arguments_go_as_a_form_with_texts_as_they_are_and_everything_else_as_JSON()
    {
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), SlackStub.Reply(200, """{"ok":true,"channel":"C1"}"""));
        using var host = SlackHost.OneWorkspace(slack);

        var reply = await host.Api.CallAsync(
            SlackHost.Workspace,
            "chat.postMessage",
            new JsonObject
            {
                ["channel"] = "C1",
                ["text"] = "a+b & <c> é 100%",
                ["unfurl_links"] = false,
                ["limit"] = 20,
                ["thread_ts"] = null,
                ["blocks"] = new JsonArray(new JsonObject { ["type"] = "markdown", ["text"] = "<é> & \"q\"" }),
            },
            TestContext.Current.CancellationToken);

        reply.Body.GetProperty("channel").GetString().ShouldBe("C1");
        var request = slack.Of("chat.postMessage").ShouldHaveSingleItem();
        (request.Address, request.Authorization, request.MediaType)
            .ShouldBe(("https://slack.com/api/chat.postMessage", $"Bearer {SlackHost.BotToken}", "application/x-www-form-urlencoded; charset=utf-8"));
        var form = QueryHelpers.ParseQuery(request.Body);
        form.ToDictionary(field => field.Key, field => field.Value.ToString()).ShouldBe(
            new Dictionary<string, string>
            {
                ["channel"] = "C1",
                ["text"] = "a+b & <c> é 100%",
                ["unfurl_links"] = "false",
                ["limit"] = "20",
                ["blocks"] = """[{"type":"markdown","text":"<é> & \"q\""}]""",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_long_value_is_no_trouble()
    {
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), SlackStub.Reply(200, """{"ok":true}"""));
        using var host = SlackHost.OneWorkspace(slack);
        var text = new string('é', 100_000);

        (await host.Api.CallAsync(SlackHost.Workspace, "chat.postMessage", new JsonObject { ["text"] = text }, TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();

        QueryHelpers.ParseQuery(slack.Of("chat.postMessage")[0].Body)["text"].ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(true, "Unknown")]
    [InlineData(false, "TryAgain")]
    public async Task Silence_is_a_question_only_when_the_request_has_left(bool hasLeft, string expected)
    {
        var asked = new TaskCompletionSource();
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), cancel => HangAsync(asked, cancel)) { ReadsBodies = hasLeft };
        using var host = SlackHost.OneWorkspace(slack);

        var call = host.Api.CallAsync(SlackHost.Workspace, "chat.postMessage", [], TestContext.Current.CancellationToken);
        await asked.Task;
        host.Clock.Advance(TimeSpan.FromSeconds(14.9));
        call.IsCompleted.ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));

        (await call).Result.ShouldBe(new SendResult(Enum.Parse<SendStatus>(expected), Reason: "timeout"));
    }

    [Fact]
    public async Task Without_a_connection_nothing_happened()
    {
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), _ => throw new HttpRequestException(HttpRequestError.ConnectionError)) { ReadsBodies = false };
        using var host = SlackHost.OneWorkspace(slack);

        (await host.Api.CallAsync(SlackHost.Workspace, "chat.postMessage", [], TestContext.Current.CancellationToken)).Result.ShouldBe(new SendResult(SendStatus.TryAgain, Reason: "ConnectionError"));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled()
    {
        var asked = new TaskCompletionSource();
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), cancel => HangAsync(asked, cancel));
        using var host = SlackHost.OneWorkspace(slack);
        using var cancel = new CancellationTokenSource();

        var call = host.Api.CallAsync(SlackHost.Workspace, "chat.postMessage", [], cancel.Token);
        await asked.Task;
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(429, "", "7", 7)]
    [InlineData(429, """{"ok":false,"error":"ratelimited"}""", "0", 1)]
    [InlineData(429, "", null, 10)]
    [InlineData(200, """{"ok":false,"error":"rate_limited"}""", "20", 20)]
    public async Task After_a_429_nothing_of_the_method_goes_out_before_Slack_allows_it(int status, string body, string? retryAfter, int seconds)
    {
        (string, string)[] headers = retryAfter is null ? [] : [("Retry-After", retryAfter)];
        using var slack = new SlackStub(SlackStub.Reply(200, SlackHost.WhoAmI), SlackStub.Reply(status, body, headers), SlackStub.Reply(200, """{"ok":true}"""));
        using var host = SlackHost.OneWorkspace(slack);
        Task<SlackReply> CallAsync(string method) => host.Api.CallAsync(SlackHost.Workspace, method, [], TestContext.Current.CancellationToken);

        var first = await CallAsync("views.open");
        (first.Result.Status, first.Result.Wait).ShouldBe((SendStatus.TryAgain, TimeSpan.FromSeconds(seconds)));
        host.Api.TryReserve(SlackHost.Workspace, "views.open").ShouldBeFalse();
        (await CallAsync("users.info")).IsOk.ShouldBeTrue("another method has its own limit");

        if (seconds > 5)
        {
            var second = await CallAsync("views.open");
            second.Result.ShouldBe(new SendResult(SendStatus.TryAgain, Wait: TimeSpan.FromSeconds(seconds), Reason: "own limit"));
            slack.Of("views.open").Count.ShouldBe(1);
            host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            (await CallAsync("views.open")).IsOk.ShouldBeTrue();
        }
        else
        {
            var second = CallAsync("views.open");
            second.IsCompleted.ShouldBeFalse();
            slack.Of("views.open").Count.ShouldBe(1);
            host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            (await second).IsOk.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("https://slack.com/api/", "https://hooks.slack.com/commands/T1/1/a", true)]
    [InlineData("https://slack-gov.com/api/", "https://hooks.slack-gov.com/actions/T1/1/a", true)]
    [InlineData("https://slack.com/api/", "http://hooks.slack.com/commands/T1/1/a", false)]
    [InlineData("https://slack.com/api/", "https://hooks.slack.com:444/commands", false)]
    [InlineData("https://slack.com/api/", "https://hooks.slack.com.evil.example/commands", false)]
    [InlineData("https://slack.com/api/", "https://hooks.slack.com@evil.example/commands", false)]
    [InlineData("https://slack.com/api/", "https://slack.com/commands", false)]
    [InlineData("https://slack.com/api/", "http://127.0.0.1:5000/commands", false)]
    [InlineData("http://127.0.0.1:5000/api/", "http://127.0.0.1:5000/commands", true)]
    [InlineData("http://127.0.0.1:5000/api/", "ftp://127.0.0.1/commands", false)]
    [InlineData("https://slack.com/api/", "commands", false)]
    public async Task Only_Slacks_own_response_addresses_are_answered(string apiUrl, string responseUrl, bool isAllowed)
    {
        using var slack = SlackStub.Always(200, "ok");
        using var host = SlackHost.OneWorkspace(slack, ("Slack:ApiUrl", apiUrl));

        var reply = await host.Api.RespondAsync(responseUrl, new JsonObject { ["text"] = "<é>" }, TestContext.Current.CancellationToken);

        reply.IsOk.ShouldBe(isAllowed);
        slack.Requests.Count.ShouldBe(isAllowed ? 1 : 0);
        if (isAllowed)
        {
            slack.Requests.Single().ShouldBe((responseUrl, null, """{"text":"<é>"}""", "application/json; charset=utf-8"));
        }
        else
        {
            reply.Result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: "response host not allowed"));
        }
    }

    [Theory]
    [InlineData(200, """{"ok":true}""", "Done", "")]
    [InlineData(200, """{"ok":false,"error":"no_text"}""", "ContentRefused", "no_text")]
    [InlineData(302, "", "ContentRefused", "302")]
    [InlineData(400, "invalid_payload", "ContentRefused", "400")]
    [InlineData(403, "action_prohibited", "ContentRefused", "403")]
    [InlineData(404, "used_url", "Gone", "404")]
    [InlineData(410, "expired", "Gone", "410")]
    [InlineData(429, "", "TryAgain", "429")]
    [InlineData(500, "", "Unknown", "500")]
    public async Task An_answer_by_a_response_address_is_told_by_HTTP(int status, string body, string expected, string reason)
    {
        using var slack = SlackStub.Always(status, body);
        using var host = SlackHost.OneWorkspace(slack);

        var reply = await host.Api.RespondAsync("https://hooks.slack.com/commands/T1/1/secret-of-the-address", new JsonObject { ["text"] = Text }, TestContext.Current.CancellationToken);

        reply.Result.ShouldBe(new SendResult(Enum.Parse<SendStatus>(expected), Reason: reason));
        host.Logs.Lines.ShouldAllBe(line => !line.Contains("secret-of-the-address") && !line.Contains(Text));
    }

    private static async Task<HttpResponseMessage> HangAsync(TaskCompletionSource asked, CancellationToken cancel)
    {
        asked.SetResult();
        await Task.Delay(Timeout.Infinite, cancel);
        return SlackStub.Response(200);
    }
}
