using System.Net;
using CopilotBot.FakeTeams;

namespace CopilotBot.Tests.FakeTeams;

public sealed class FaultTests
{
    private static readonly object Hello = new { type = "message", text = "Hello" };

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_status_shows_before_or_after_acting(bool isAfterActing, int shown)
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Inject(new() { Kind = new FaultKind.Status(503, TimeSpan.FromSeconds(3), isAfterActing) });

        var reply = await bench.PostAsync(bench.Chat, Hello);

        (reply.Code, reply.RetryAfter).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(3)));
        bench.Connector.Messages(bench.Chat).Count.ShouldBe(shown);
        bench.Broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_connection_drops_before_or_after_acting(bool isAfterActing, int shown)
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Inject(new() { Kind = new FaultKind.DropConnection(isAfterActing) });

        await Should.ThrowAsync<HttpRequestException>(bench.PostAsync(bench.Chat, Hello));

        bench.Connector.Messages(bench.Chat).Count.ShouldBe(shown);
        bench.Connector.Calls[0].Status.ShouldBe(0);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_call_hangs_before_or_after_acting_until_the_clock_moves(bool isAfterActing, int shown)
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Inject(new() { Kind = new FaultKind.Hang(TimeSpan.FromMinutes(1), isAfterActing) });

        var calling = bench.PostAsync(bench.Chat, Hello);
        await bench.Connector.WaitForAsync(connector => connector.Calls.Count == 1 && connector.Messages(bench.Chat).Count == shown, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        calling.IsCompleted.ShouldBeFalse();
        await AdvanceUntilAsync(bench, calling);

        (await calling).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_slow_body_arrives_in_two_halves()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Inject(new() { Kind = new FaultKind.SlowBody(TimeSpan.FromMinutes(1)) });

        var calling = bench.PostAsync(bench.Chat, Hello);
        await bench.Connector.WaitForAsync(connector => connector.Calls is [{ Status: 201 }], TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await AdvanceUntilAsync(bench, calling);

        (await calling).Id.ShouldBe(bench.Connector.Messages(bench.Chat)[0].Id);
    }

    [Fact]
    public async Task A_fault_meets_the_calls_that_it_names_and_no_more_than_it_says()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Inject(new() { When = call => call.Operation == ConnectorOperation.Update, Times = 2, Kind = new FaultKind.Status(502) });
        var sent = await bench.PostAsync(bench.Chat, Hello);

        var statuses = new List<int>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            statuses.Add((await bench.PutAsync(bench.Chat, sent.Id, Hello)).Status);
        }

        statuses.ShouldBe([502, 502, 200]);
    }

    [Fact]
    public async Task A_message_is_not_sent_again_after_an_answer_that_leaves_it_open_and_an_edit_is()
    {
        await using var bench = await Bench.StartAsync();
        var first = await bench.PostAsync(bench.Chat, Hello);
        bench.Connector.Inject(new() { Times = 2, Kind = new FaultKind.Status(504, AfterActing: true) });

        await bench.PutAsync(bench.Chat, first.Id, Hello);
        await bench.PostAsync(bench.Chat, Hello);
        (await bench.PutAsync(bench.Chat, first.Id, Hello)).Status.ShouldBe(200);
        bench.Broken.ShouldBeEmpty();
        (await bench.PostAsync(bench.Chat, Hello)).Status.ShouldBe(201);

        bench.Broken.ShouldBe(["retry-create"]);
        bench.Connector.Messages(bench.Chat).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Hooks_run_before_acting_and_before_the_answer()
    {
        await using var bench = await Bench.StartAsync();
        var seen = new List<int>();
        Task Look(CallSeen call)
        {
            seen.Add(bench.Connector.Messages(bench.Chat).Count);
            return Task.CompletedTask;
        }

        (bench.Connector.BeforeActing, bench.Connector.BeforeAnswer) = (Look, Look);

        await bench.PostAsync(bench.Chat, Hello);

        seen.ShouldBe([0, 1]);
    }

    /// <summary>The server may reach its delay a little after it was seen to act, so the clock moves until the answer is there.</summary>
    private static async Task AdvanceUntilAsync(Bench bench, Task calling)
    {
        while (!calling.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }
}
