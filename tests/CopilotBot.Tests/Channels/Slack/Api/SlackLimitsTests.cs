using CopilotBot.Channels.Slack.Api;
using CopilotBot.Tests.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Slack.Api;

/// <summary>Below the tiers of facts §2: 18, 45 and 90 in a minute, two posts at once in a channel, one update of a message in three seconds.</summary>
public sealed class SlackLimitsTests
{
    private readonly WatchedClock _clock = new();
    private readonly SlackLimits _limits;

    public SlackLimitsTests() => _limits = new SlackLimits(_clock);

    [Theory]
    [InlineData("chat.startStream", 18)]
    [InlineData("chat.update", 45)]
    [InlineData("users.info", 90)]
    public async Task A_minute_holds_fewer_calls_than_the_tier_allows(string method, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            (await EnterAsync("T1", method)).ShouldBeNull();
        }

        (await EnterAsync("T1", method)).ShouldBe(TimeSpan.FromMinutes(1));
        (await EnterAsync("T2", method)).ShouldBeNull("every workspace has its own");
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await EnterAsync("T1", method)).ShouldBeNull();
    }

    [Fact]
    public async Task A_short_wait_is_waited_and_a_long_one_is_told()
    {
        for (var call = 0; call < 18; call++)
        {
            await EnterAsync("T1", "chat.stopStream");
        }

        _clock.Advance(TimeSpan.FromSeconds(54.9));
        (await EnterAsync("T1", "chat.stopStream")).ShouldBe(TimeSpan.FromSeconds(5.1));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var call19 = EnterAsync("T1", "chat.stopStream");
        call19.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await call19).ShouldBeNull();
    }

    [Fact]
    public async Task A_channel_takes_two_posts_at_once_and_then_about_one_in_a_second()
    {
        var posts = Enumerable.Range(0, 6).Select(_ => EnterAsync("T1", "chat.postMessage", "C1")).ToList();

        posts.Count(post => post.IsCompleted).ShouldBe(2);
        EnterAsync("T1", "chat.postMessage", "C2").IsCompleted.ShouldBeTrue("every channel has its own");
        _clock.Advance(TimeSpan.FromSeconds(2.2));
        (await Task.WhenAll(posts[..4])).ShouldAllBe(wait => wait == null);
        posts.Count(post => post.IsCompleted).ShouldBe(4);
        _clock.Advance(TimeSpan.FromSeconds(2.2));
        (await Task.WhenAll(posts)).ShouldAllBe(wait => wait == null);
    }

    [Fact]
    public async Task A_message_is_updated_once_in_three_seconds()
    {
        (await EnterAsync("T1", "chat.update", "C1", "1.1")).ShouldBeNull();
        var second = EnterAsync("T1", "chat.update", "C1", "1.1");

        second.IsCompleted.ShouldBeFalse();
        EnterAsync("T1", "chat.update", "C1", "1.2").IsCompleted.ShouldBeTrue();
        (await EnterAsync("T1", "chat.update", "C1", "1.1")).ShouldBe(TimeSpan.FromSeconds(6.4));
        _clock.Advance(TimeSpan.FromSeconds(3.2));
        (await second).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_reserved_is_counted_once_and_goes_out_at_once()
    {
        for (var call = 0; call < 18; call++)
        {
            _limits.TryReserve("T1", "chat.startStream").ShouldBeTrue();
        }

        _limits.TryReserve("T1", "chat.startStream").ShouldBeFalse();
        _limits.TryReserve("T2", "chat.startStream").ShouldBeTrue();
        for (var call = 0; call < 18; call++)
        {
            (await EnterAsync("T1", "chat.startStream")).ShouldBeNull();
        }

        (await EnterAsync("T1", "chat.startStream")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_reservation_that_nobody_used_lapses()
    {
        _limits.TryReserve("T1", "chat.startStream").ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(1));

        for (var call = 0; call < 18; call++)
        {
            (await EnterAsync("T1", "chat.startStream")).ShouldBeNull();
        }

        (await EnterAsync("T1", "chat.startStream")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Silence_also_counts_for_who_waits_already()
    {
        await EnterAsync("T1", "chat.update", "C1", "1.1");
        var second = EnterAsync("T1", "chat.update", "C1", "1.1");
        _limits.Silence("T1", "chat.update", TimeSpan.FromSeconds(30));

        _clock.Advance(TimeSpan.FromSeconds(3.2));

        (await second).ShouldBe(TimeSpan.FromSeconds(26.8));
    }

    [Fact]
    public async Task A_wait_that_is_given_up_makes_room_again()
    {
        using var cancel = new CancellationTokenSource();
        await EnterAsync("T1", "chat.update", "C1", "1.1");
        var second = _limits.EnterAsync("T1", "chat.update", "C1", "1.1", cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);

        var third = EnterAsync("T1", "chat.update", "C1", "1.1");
        _clock.Advance(TimeSpan.FromSeconds(3.2));
        (await third).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_over_is_forgotten()
    {
        for (var message = 0; message < 40; message++)
        {
            await EnterAsync("T1", "chat.update", "C1", $"1.{message}");
        }

        _limits.Count.ShouldBe(41);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await EnterAsync("T1", "users.info");

        _limits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_window_ever_holds_more_than_its_limit()
    {
        List<DateTimeOffset> sends = [];
        var random = new Random(5);
        for (var call = 0; call < 500; call++)
        {
            var entering = EnterAsync("T1", "chat.stopStream");
            if (!entering.IsCompleted)
            {
                await _clock.PassPauseAsync();
            }

            if (await entering is null)
            {
                sends.Add(_clock.GetUtcNow());
            }

            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(1_000)) + TimeSpan.FromSeconds(5 * random.Next(2)));
        }

        sends.Count.ShouldBeGreaterThan(100);
        foreach (var (index, send) in sends.Index().Skip(18))
        {
            (send - sends[index - 18]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
        }
    }

    private Task<TimeSpan?> EnterAsync(string workspace, string method, string channel = "", string ts = "") =>
        _limits.EnterAsync(workspace, method, channel, ts, TestContext.Current.CancellationToken);
}
