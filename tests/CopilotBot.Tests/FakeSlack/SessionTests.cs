using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.FakeSlack;

public sealed class SessionTests
{
    [Fact]
    public async Task A_status_is_set_and_left_processing_goes_back_after_an_hour()
    {
        await using var bench = await Bench.StartAsync();
        var (channel_id, thread_ts) = (bench.Direct.Id, await bench.AskAsync(bench.Direct));

        (await bench.CallAsync("agents.sessions.setStatus", new { channel_id, thread_ts, status = "processing" })).IsOk.ShouldBeTrue();
        bench.Slack.SessionStatus(channel_id, thread_ts).ShouldBe("processing");
        bench.Clock.Advance(TimeSpan.FromHours(1));

        bench.Slack.SessionStatus(channel_id, thread_ts).ShouldBe("active");
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_status_has_a_thread_and_a_known_name_and_the_app_the_feature()
    {
        await using var bench = await Bench.StartAsync();
        var (channel_id, thread_ts) = (bench.Direct.Id, await bench.AskAsync(bench.Direct));

        (await bench.CallAsync("agents.sessions.setStatus", new { channel_id, status = "active" })).Error.ShouldBe("thread_ts_required");
        (await bench.CallAsync("agents.sessions.setStatus", new { channel_id, thread_ts, status = "thinking" })).Error.ShouldBe("invalid_arguments");
        (await bench.CallAsync("agents.sessions.rename", new { channel_id, thread_ts, title = new string('x', 201) })).Error.ShouldBe("invalid_arguments");
        (await bench.CallAsync("agents.sessions.rename", new { channel_id, thread_ts, title = "VPN" })).IsOk.ShouldBeTrue();
        bench.Slack.SessionTitle(channel_id, thread_ts).ShouldBe("VPN");
        bench.Slack.IsAgent = false;
        (await bench.CallAsync("agents.sessions.setStatus", new { channel_id, thread_ts, status = "active" })).Error.ShouldBe("feature_disabled");
        (await bench.CallAsync("assistant.threads.setSuggestedPrompts", new { channel_id, prompts = Array.Empty<object>() })).Error.ShouldBe("not_agent_app");

        bench.Broken.ShouldBe(["session-thread", "session-status", "session-title"]);
    }

    [Fact]
    public async Task The_older_status_clears_itself_and_excludes_the_newer_one()
    {
        await using var bench = await Bench.StartAsync();
        var (channel_id, thread_ts) = (bench.Direct.Id, await bench.AskAsync(bench.Direct));

        (await bench.CallAsync("assistant.threads.setStatus", new { channel_id, thread_ts, status = "reads" })).IsOk.ShouldBeTrue();
        (bench.Slack.SessionText(channel_id, thread_ts), bench.Slack.SessionStatus(channel_id, thread_ts)).ShouldBe(("reads", "processing"));
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        bench.Slack.SessionText(channel_id, thread_ts).ShouldBeEmpty();
        bench.Broken.ShouldBeEmpty();
        await bench.CallAsync("agents.sessions.setStatus", new { channel_id, thread_ts, status = "active" });

        bench.Broken.ShouldBe(["status-both"]);
    }

    [Fact]
    public async Task Prompts_are_at_most_four()
    {
        await using var bench = await Bench.StartAsync();
        var channel_id = bench.Direct.Id;

        (await bench.CallAsync("assistant.threads.setSuggestedPrompts", new { channel_id, title = "Try", prompts = Prompts(4) })).IsOk.ShouldBeTrue();
        (await bench.CallAsync("assistant.threads.setSuggestedPrompts", new { channel_id, prompts = Prompts(5) })).Error.ShouldBe("invalid_arguments");

        bench.Slack.SuggestedPrompts(channel_id)!.Prompts[0].ShouldBe(new SuggestedPrompt("0", "?"));
        bench.Broken.ShouldBe(["prompts"]);

        static object[] Prompts(int count) => [.. Enumerable.Range(0, count).Select(number => new { title = $"{number}", message = "?" })];
    }
}
