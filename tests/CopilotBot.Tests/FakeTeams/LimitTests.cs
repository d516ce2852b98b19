namespace CopilotBot.Tests.FakeTeams;

public sealed class LimitTests
{
    [Theory]
    [InlineData(0, 7)]
    [InlineData(240, 8)]
    [InlineData(450, 60)]
    [InlineData(1990, 1800)]
    public async Task Sends_are_limited_per_conversation(int millisecondsApart, int allowed)
    {
        await using var bench = await Bench.StartAsync();
        var group = bench.Group;

        for (var sent = 0; sent < allowed; sent++)
        {
            (await bench.PostAsync(group, new { type = "message", text = $"{sent}" })).Status.ShouldBe(201);
            bench.Clock.Advance(TimeSpan.FromMilliseconds(millisecondsApart));
        }

        var over = await bench.PostAsync(group, new { type = "message", text = "over" });
        var elsewhere = await bench.PostAsync(bench.Chat, new { type = "message", text = "elsewhere" });

        (over.Status, over.RetryAfter, elsewhere.Status).ShouldBe((429, null, 201));
        bench.Broken.ShouldBe(["send-rate"]);
    }

    [Fact]
    public async Task Edits_and_deletions_count_as_sends_and_threads_as_their_channel()
    {
        await using var bench = await Bench.StartAsync();
        var general = bench.Team.General;
        var root = await bench.PostAsync(general, new { type = "message", text = "x" });
        var thread = bench.Connector.FindConversation($"{general.Id};messageid={root.Id}")!;
        foreach (var edit in Enumerable.Range(0, 5))
        {
            await bench.PutAsync(thread, root.Id, new { type = "message", text = $"{edit}" });
        }

        (await bench.DeleteAsync(thread, root.Id)).Status.ShouldBe(200);
        (await bench.PostAsync(general, new { type = "message", text = "over" })).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Reads_are_limited_apart_from_sends()
    {
        await using var bench = await Bench.StartAsync();
        var path = $"v3/conversations/{Bench.Escape(bench.Chat.Id)}/pagedmembers";
        foreach (var _ in Enumerable.Range(0, 14))
        {
            (await bench.GetAsync(path)).Status.ShouldBe(200);
        }

        (await bench.GetAsync(path)).Status.ShouldBe(429);
        (await bench.PostAsync(bench.Chat, new { type = "message", text = "x" })).Status.ShouldBe(201);
        bench.Broken.ShouldBe(["read-rate"]);
    }

    [Fact]
    public async Task A_throttled_call_may_come_again_once_Retry_After_is_over()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.SendsRetryAfter = true;
        foreach (var sent in Enumerable.Range(0, 7))
        {
            await bench.PostAsync(bench.Chat, new { type = "message", text = $"{sent}" });
        }

        var over = await bench.PostAsync(bench.Chat, new { type = "message", text = "over" });
        over.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        await bench.PostAsync(bench.Chat, new { type = "message", text = "over" });
        bench.Broken.ShouldBe(["send-rate", "retry-early", "send-rate"]);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));

        (await bench.PostAsync(bench.Chat, new { type = "message", text = "over" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Waiting_ends_with_the_change_that_was_waited_for()
    {
        await using var bench = await Bench.StartAsync();
        var waiting = bench.Connector.WaitForAsync(connector => connector.Messages(bench.Chat).Count == 1, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();

        await bench.PostAsync(bench.Chat, new { type = "message", text = "x" });

        await waiting;
        await Should.ThrowAsync<TimeoutException>(bench.Connector.WaitForAsync(connector => false, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken));
    }
}
