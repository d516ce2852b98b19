using System.Text;
using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.FakeSlack;

public sealed class CallTests
{
    [Fact]
    public async Task A_token_goes_into_the_header_only()
    {
        await using var bench = await Bench.StartAsync();
        var token = bench.Slack.Workspace.BotToken;

        (await bench.FormAsync("auth.test")).IsOk.ShouldBeTrue();
        (await bench.FormWithAsync(token, "auth.test", ("token", token))).IsOk.ShouldBeTrue();
        (await bench.FormAsync($"auth.test?token={token}")).IsOk.ShouldBeTrue();
        (await bench.FormWithAsync(null, "auth.test")).Error.ShouldBe("not_authed");
        (await bench.FormWithAsync("xoxb-nobody", "auth.test")).Error.ShouldBe("invalid_auth");
        (await bench.FormWithAsync(bench.Slack.AppToken, "auth.test")).Error.ShouldBe("not_allowed_token_type");

        bench.Broken.ShouldBe(["token-place", "token-place", "token-missing", "token-unknown", "token-type"]);
    }

    [Fact]
    public async Task A_test_of_the_token_tells_whose_it_is()
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.FormAsync("auth.test");

        (reply["team_id"].GetString(), reply["user_id"].GetString(), reply["bot_id"].GetString(), reply["is_enterprise_install"].GetBoolean())
            .ShouldBe((bench.Slack.Workspace.TeamId, bench.Slack.Workspace.BotUserId, bench.Slack.Workspace.BotId, false));
    }

    [Theory]
    [InlineData("users.info", "json-not-taken")]
    [InlineData("conversations.replies", "json-not-taken")]
    [InlineData("conversations.members", "json-not-taken")]
    [InlineData("conversations.info", "json-not-taken")]
    [InlineData("chat.getPermalink", "json-not-taken")]
    [InlineData("conversations.history", "")]
    public async Task Json_is_taken_where_the_reference_lists_it(string method, string rule)
    {
        await using var bench = await Bench.StartAsync();

        (await bench.CallAsync(method, new { channel = bench.Channel.Id })).IsOk.ShouldBe(rule.Length == 0);

        bench.Broken.ShouldBe(rule.Length == 0 ? [] : [rule]);
    }

    [Fact]
    public async Task Json_names_its_charset_and_nothing_else_is_taken()
    {
        await using var bench = await Bench.StartAsync();
        var (address, token) = ($"{bench.Slack.ApiUrl}auth.test", bench.Slack.Workspace.BotToken);

        var bare = await bench.SendAsync(address, new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = new("application/json") } }, token);
        var broken = await bench.SendAsync(address, new StringContent("[", Encoding.UTF8, "application/json"), token);
        var text = await bench.SendAsync(address, new StringContent("x", Encoding.UTF8, "text/plain"), token);

        (bare.IsOk, bare["warning"].GetString(), broken.Error, text.Error).ShouldBe((true, "missing_charset", "invalid_json", "invalid_post_type"));
        bench.Broken.ShouldBe(["charset", "json", "content-type"]);
    }

    [Fact]
    public async Task Methods_and_arguments_are_known_by_name()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.FormAsync("chat.postMassage")).Error.ShouldBe("unknown_method");
        (await bench.FormAsync("auth.test", ("chanel", "x"))).IsOk.ShouldBeTrue();

        bench.Broken.ShouldBe(["method-unknown", "argument-unknown"]);
    }

    [Fact]
    public async Task What_the_install_may_not_is_refused_by_scope()
    {
        await using var bench = await Bench.StartAsync();
        var scopes = bench.Slack.Workspace.Install.Scopes;
        scopes.Remove("chat:write");
        scopes.Remove("channels:read");
        scopes.Remove("channels:history");
        scopes.Remove("users:read.email");
        var ts = await bench.AskAsync();

        (await bench.PostAsync(bench.Channel, "x")).Error.ShouldBe("missing_scope");
        (await bench.FormAsync("conversations.members", ("channel", bench.Channel.Id)))["needed"].GetString().ShouldBe("channels:read");
        (await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", ts)))["needed"].GetString().ShouldBe("channels:history");
        (await bench.FormAsync("conversations.members", ("channel", bench.Direct.Id))).IsOk.ShouldBeTrue();
        (await bench.FormAsync("users.info", ("user", bench.Ada.Id)))["user"].GetProperty("profile").TryGetProperty("email", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("chat.startStream", 20)]
    [InlineData("conversations.info", 50)]
    [InlineData("users.info", 100)]
    public async Task Calls_are_limited_per_method_and_workspace(string method, int allowed)
    {
        await using var bench = await Bench.StartAsync();
        var other = bench.Slack.AddWorkspace("Elsewhere");
        foreach (var _ in Enumerable.Range(0, allowed))
        {
            ((int)(await bench.FormAsync(method)).Code).ShouldBe(200);
        }

        var over = await bench.FormAsync(method);
        var elsewhere = await bench.FormWithAsync(other.BotToken, method);
        bench.Broken.ShouldBeEmpty();
        await bench.FormAsync(method);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await bench.FormAsync(method);

        ((int)over.Code, over.Error, over.RetryAfter, (int)elsewhere.Code, (int)later.Code).ShouldBe((429, "ratelimited", TimeSpan.FromMinutes(1), 200, 200));
        bench.Broken.ShouldBe(["retry-early"]);
    }

    [Fact]
    public async Task Posts_are_limited_per_channel_after_a_short_burst()
    {
        await using var bench = await Bench.StartAsync();
        foreach (var number in Enumerable.Range(0, 4))
        {
            (await bench.PostAsync(bench.Channel, $"{number}")).IsOk.ShouldBeTrue();
        }

        var over = await bench.PostAsync(bench.Channel, "over");
        (await bench.PostAsync(bench.Direct, "elsewhere")).IsOk.ShouldBeTrue();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        (await bench.PostAsync(bench.Channel, "later")).IsOk.ShouldBeTrue();

        (over.Error, over.RetryAfter).ShouldBe(("ratelimited", TimeSpan.FromSeconds(1)));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Limits_can_be_widened_or_lifted()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.SetLimitFactor(SlackTier.Two, 0.05);
        ((int)(await bench.FormAsync("chat.startStream")).Code).ShouldBe(200);
        ((int)(await bench.FormAsync("chat.startStream")).Code).ShouldBe(429);
        bench.Slack.EnforcesLimits = false;

        foreach (var number in Enumerable.Range(0, 30))
        {
            (await bench.PostAsync(bench.Channel, $"{number}")).IsOk.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Faults_show_before_or_after_acting(bool isAfterActing, int shown)
    {
        await using var bench = await Bench.StartAsync();
        var slack = bench.Slack;
        slack.Inject(new() { When = call => call.Method == "chat.postMessage", Kind = new FaultKind.Status(503, AfterActing: isAfterActing) });

        ((int)(await bench.PostAsync(bench.Channel, "1")).Code).ShouldBe(503);
        slack.Inject(new() { Kind = new FaultKind.Error("internal_error", isAfterActing) });
        (await bench.PostAsync(bench.Channel, "2")).Error.ShouldBe("internal_error");
        slack.Inject(new() { Kind = new FaultKind.DropConnection(isAfterActing) });
        await Should.ThrowAsync<HttpRequestException>(bench.PostAsync(bench.Channel, "3"));

        slack.Messages(bench.Channel).Count.ShouldBe(3 * shown);
        slack.Calls.Select(call => call.Status).ShouldBe([503, 200, 0]);
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_injected_limit_is_to_be_respected_as_a_real_one()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.Inject(new() { Kind = new FaultKind.Status(429, TimeSpan.FromSeconds(7)) });

        var limited = await bench.PostAsync(bench.Channel, "x");
        await bench.PostAsync(bench.Channel, "x");

        ((int)limited.Code, limited.RetryAfter).ShouldBe((429, TimeSpan.FromSeconds(7)));
        bench.Broken.ShouldBe(["retry-early"]);
    }

    [Fact]
    public async Task A_call_hangs_until_the_clock_moves_and_hooks_run_around_the_act()
    {
        await using var bench = await Bench.StartAsync();
        List<int> seen = [];
        bench.Slack.BeforeActing = _ => Seen();
        bench.Slack.BeforeAnswer = _ => Seen();
        bench.Slack.Inject(new() { Kind = new FaultKind.Hang(TimeSpan.FromMinutes(1), AfterActing: true) });

        var calling = bench.PostAsync(bench.Channel, "x");
        await bench.Slack.WaitForAsync(slack => slack.Messages(bench.Channel).Count == 1, TimeSpan.FromSeconds(30), Bench.Cancelled);
        calling.IsCompleted.ShouldBeFalse();
        while (!calling.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await calling).IsOk.ShouldBeTrue();
        seen.ShouldBe([0, 1]);

        Task Seen()
        {
            seen.Add(bench.Slack.Messages(bench.Channel).Count);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Waiting_ends_with_the_change_or_the_limit()
    {
        await using var bench = await Bench.StartAsync();
        var waiting = bench.Slack.WaitForAsync(slack => slack.Messages(bench.Channel).Count == 1, TimeSpan.FromSeconds(30), Bench.Cancelled);
        waiting.IsCompleted.ShouldBeFalse();

        await bench.PostAsync(bench.Channel, "x");

        await waiting;
        await Should.ThrowAsync<TimeoutException>(bench.Slack.WaitForAsync(_ => false, TimeSpan.FromMilliseconds(1), Bench.Cancelled));
    }
}
