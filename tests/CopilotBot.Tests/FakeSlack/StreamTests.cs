using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.FakeSlack;

public sealed class StreamTests
{
    [Fact]
    public async Task A_stream_grows_and_ends_with_blocks_and_the_session_follows()
    {
        await using var bench = await Bench.StartAsync();
        var (slack, id) = (bench.Slack, bench.Direct.Id);
        var thread = await bench.AskAsync(bench.Direct);

        var ts = await StartAsync(bench, thread, "One");
        slack.SessionStatus(id, thread).ShouldBe("processing");
        slack.ProcessingThreads.ShouldBe([(id, thread)]);
        (await AppendAsync(bench, ts, " two")).IsOk.ShouldBeTrue();
        Shown(bench).ShouldSatisfyAllConditions(message => message.IsStreaming.ShouldBeTrue(), message => message.Text.ShouldBe("One two"), message => message.ThreadTs.ShouldBe(thread));
        (await bench.CallAsync("chat.stopStream", new { channel = id, ts, markdown_text = ".", blocks = new object[] { new { type = "context", elements = new object[] { new { type = "mrkdwn", text = "AI" } } } } })).IsOk.ShouldBeTrue();

        Shown(bench).ShouldSatisfyAllConditions(
            message => message.Stream.ShouldBe(ShownStream.Stopped),
            message => message.Text.ShouldBe("One two.\nAI"),
            message => message.BodyText.ShouldBe("One two."),
            message => message.StreamTexts.ShouldBe(["One", "One two", "One two."]));
        slack.SessionStatus(id, thread).ShouldBe("active");
        slack.ProcessingThreads.ShouldBeEmpty();
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_hangs_on_a_parent()
    {
        await using var bench = await Bench.StartAsync();
        var id = bench.Direct.Id;
        var thread = await bench.AskAsync(bench.Direct);
        var reply = (await bench.PostAsync(bench.Direct, "x", thread)).Ts;

        (await bench.CallAsync("chat.startStream", new { channel = id })).Error.ShouldBe("invalid_thread_ts");
        (await bench.CallAsync("chat.startStream", new { channel = id, thread_ts = reply })).Error.ShouldBe("invalid_thread_ts");

        bench.Broken.ShouldBe(["stream-thread", "thread-ts"]);
    }

    [Fact]
    public async Task In_a_channel_a_stream_names_its_recipient()
    {
        await using var bench = await Bench.StartAsync();
        var (id, user, team) = (bench.Channel.Id, bench.Ada.Id, bench.Ada.TeamId);
        var thread_ts = await bench.AskAsync();

        (await bench.CallAsync("chat.startStream", new { channel = id, thread_ts, recipient_user_id = user })).Error.ShouldBe("missing_recipient_team_id");
        (await bench.CallAsync("chat.startStream", new { channel = id, thread_ts, recipient_team_id = team })).Error.ShouldBe("missing_recipient_user_id");
        (await bench.CallAsync("chat.startStream", new { channel = id, thread_ts, recipient_user_id = user, recipient_team_id = "T1" })).IsOk.ShouldBeTrue();
        (await bench.CallAsync("chat.startStream", new { channel = id, thread_ts, recipient_user_id = user, recipient_team_id = team })).IsOk.ShouldBeTrue();

        bench.Broken.ShouldBe(["stream-recipient", "stream-recipient", "stream-recipient-team"]);
    }

    [Fact]
    public async Task A_call_brings_at_most_twelve_thousand_letters_and_at_least_something()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await StartAsync(bench, await bench.AskAsync(bench.Direct), new string('x', 12_000));

        (await AppendAsync(bench, ts, new string('x', 12_000))).IsOk.ShouldBeTrue();
        (await AppendAsync(bench, ts, new string('x', 12_001))).Error.ShouldBe("msg_too_long");
        (await AppendAsync(bench, ts, "")).Error.ShouldBe("no_text");

        bench.Broken.ShouldBe(["stream-length", "stream-empty"]);
    }

    [Fact]
    public async Task Tasks_replace_their_title_and_grow_their_details()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await StartAsync(bench, await bench.AskAsync(bench.Direct), "");

        (await ChunkAsync(bench, ts, new { type = "task_update", id = "1", title = "Look", status = "in_progress", details = "a" })).IsOk.ShouldBeTrue();
        (await ChunkAsync(bench, ts, new { type = "task_update", id = "1", title = "Looked", status = "complete", details = "b" })).IsOk.ShouldBeTrue();
        (await ChunkAsync(bench, ts, new { type = "task_update", id = "1", title = "Looked", status = "completed" })).Error.ShouldBe("invalid_chunks");
        (await ChunkAsync(bench, ts, new { type = "plan_update", title = new string('x', 257) })).Error.ShouldBe("invalid_chunks");
        (await ChunkAsync(bench, ts, new { type = "blocks", blocks = new object[] { new { type = "file" } } })).Error.ShouldBe("internal_error");
        (await ChunkAsync(bench, ts, new { type = "markdown_text", text = "Hi" })).IsOk.ShouldBeTrue();

        Shown(bench).Tasks.ShouldBe([new ShownTask("1", "Looked", "complete", "ab", "")]);
        Shown(bench).Text.ShouldBe("Hi");
        bench.Broken.ShouldBe(["stream-chunk", "stream-chunk", "stream-file"]);
    }

    [Fact]
    public async Task While_it_is_open_a_stream_takes_no_edit_and_no_deletion()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await StartAsync(bench, await bench.AskAsync(bench.Direct), "x");

        (await bench.CallAsync("chat.update", new { channel = bench.Direct.Id, ts, text = "y" })).Error.ShouldBe("streaming_state_conflict");
        (await bench.CallAsync("chat.delete", new { channel = bench.Direct.Id, ts })).Error.ShouldBe("cant_delete_message");
        await StopAsync(bench, ts);
        (await bench.CallAsync("chat.delete", new { channel = bench.Direct.Id, ts })).IsOk.ShouldBeTrue();

        bench.Broken.ShouldBe(["stream-edit", "stream-delete"]);
    }

    [Fact]
    public async Task A_stopped_stream_is_over()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await StartAsync(bench, await bench.AskAsync(bench.Direct), "x");
        await StopAsync(bench, ts);

        (await AppendAsync(bench, ts, "y")).Error.ShouldBe("message_not_in_streaming_state");
        (await StopAsync(bench, ts)).Error.ShouldBe("message_not_in_streaming_state");

        bench.Broken.ShouldBe(["stream-over", "stream-over"]);
    }

    [Fact]
    public async Task A_stream_dies_after_five_minutes_and_the_bot_is_told_once()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await StartAsync(bench, await bench.AskAsync(bench.Direct), "x");
        bench.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await AppendAsync(bench, ts, "y")).IsOk.ShouldBeTrue();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        (await AppendAsync(bench, ts, "z")).Error.ShouldBe("message_not_in_streaming_state");
        Shown(bench).ShouldSatisfyAllConditions(message => message.Stream.ShouldBe(ShownStream.Expired), message => message.Text.ShouldBe("xy"));
        bench.Broken.ShouldBeEmpty();
        await StopAsync(bench, ts);

        bench.Broken.ShouldBe(["stream-over"]);
    }

    [Fact]
    public async Task A_person_stops_a_stream_and_the_bot_is_told()
    {
        await using var bench = await Bench.StartAsync();
        var thread = await bench.AskAsync(bench.Direct);
        var ts = await StartAsync(bench, thread, "x");

        await bench.Slack.As(bench.Ada).StopAsync(bench.Direct, thread, Bench.Cancelled);

        var stopped = bench.Bot.Events[^1];
        (stopped.GetProperty("type").GetString(), stopped.GetProperty("thread_ts").GetString(), stopped.GetProperty("streaming_message_ts")[0].GetString()).ShouldBe(("agent_session_stopped", thread, ts));
        (await AppendAsync(bench, ts, "y")).Error.ShouldBe("stopped_by_user");
        bench.Broken.ShouldBeEmpty();
        bench.Slack.SessionStatus(bench.Direct.Id, thread).ShouldBe("processing");
        Shown(bench).Stream.ShouldBe(ShownStream.StoppedByUser);
    }

    [Fact]
    public async Task A_mention_that_comes_in_two_parts_is_one()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await StartAsync(bench, await bench.AskAsync(bench.Direct), "Hi <!he");

        await AppendAsync(bench, ts, "re> there");
        await AppendAsync(bench, ts, "!");

        bench.Broken.ShouldBe(["mention"]);
    }

    private static ShownMessage Shown(Bench bench) => bench.Slack.Messages(bench.Direct)[^1];

    private static async Task<string> StartAsync(Bench bench, string thread_ts, string markdown_text) =>
        (await bench.CallAsync("chat.startStream", new { channel = bench.Direct.Id, thread_ts, markdown_text })).Ts;

    private static Task<Bench.Reply> AppendAsync(Bench bench, string ts, string markdown_text) => bench.CallAsync("chat.appendStream", new { channel = bench.Direct.Id, ts, markdown_text });

    private static Task<Bench.Reply> ChunkAsync(Bench bench, string ts, object chunk) => bench.CallAsync("chat.appendStream", new { channel = bench.Direct.Id, ts, chunks = new[] { chunk } });

    private static Task<Bench.Reply> StopAsync(Bench bench, string ts) => bench.CallAsync("chat.stopStream", new { channel = bench.Direct.Id, ts });
}
