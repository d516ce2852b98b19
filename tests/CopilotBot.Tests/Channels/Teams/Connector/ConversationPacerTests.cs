using CopilotBot.Channels.Teams.Connector;
using CopilotBot.Tests.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Teams.Connector;

/// <summary>The limits of facts 2.6: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1800 in 1 h.</summary>
public sealed class ConversationPacerTests
{
    private readonly WatchedClock _clock = new();
    private readonly ConversationPacer _pacer;

    public ConversationPacerTests() => _pacer = new ConversationPacer(_clock) { Allowance = TimeSpan.Zero };

    [Fact]
    public async Task Seven_go_at_once_the_eighth_after_a_second_and_the_ninth_after_two()
    {
        var waits = Enumerable.Range(0, 9).Select(_ => WaitAsync("a")).ToList();
        waits.Count(wait => wait.IsCompletedSuccessfully).ShouldBe(7);

        _clock.Advance(TimeSpan.FromSeconds(0.999));
        waits[7].IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        await waits[7];
        _clock.Advance(TimeSpan.FromSeconds(0.999));
        waits[8].IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        await waits[8];
    }

    [Fact]
    public async Task No_window_ever_holds_more_than_its_limit()
    {
        List<DateTimeOffset> sends = [];
        for (var send = 0; send < 2_000; send++)
        {
            var wait = WaitAsync("a");
            if (!wait.IsCompleted)
            {
                await _clock.PassPauseAsync();
            }

            await wait;
            sends.Add(_clock.GetUtcNow());
        }

        foreach (var (limit, window) in new[] { (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)) })
        {
            sends.Zip(sends.Skip(limit), (first, later) => later - first).ShouldAllBe(distance => distance >= window);
        }

        (sends[^1] - sends[0]).ShouldBeInRange(TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    [Fact]
    public async Task Conversations_do_not_wait_for_each_other_but_threads_of_a_channel_do()
    {
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => WaitAsync("19:a;messageid=1")));

        WaitAsync("19:b").IsCompletedSuccessfully.ShouldBeTrue();
        WaitAsync("19:a;messageid=2").IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_turn_to_others()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => WaitAsync("a")));
        var given = _pacer.WaitAsync("a", stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);

        var next = WaitAsync("a");
        _clock.Advance(TimeSpan.FromSeconds(1));

        await next;
    }

    [Fact]
    public async Task Idle_conversations_are_forgotten()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(index => WaitAsync($"a{index}")));
        _pacer.Count.ShouldBe(100);

        _clock.Advance(TimeSpan.FromHours(1));
        await WaitAsync("b");

        _pacer.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Many_conversations_are_forgotten_sooner()
    {
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(index => WaitAsync($"a{index}")));

        _clock.Advance(TimeSpan.FromSeconds(30));
        await WaitAsync("b");

        _pacer.Count.ShouldBe(1);
    }

    private Task WaitAsync(string conversation) => _pacer.WaitAsync(conversation, TestContext.Current.CancellationToken);
}
