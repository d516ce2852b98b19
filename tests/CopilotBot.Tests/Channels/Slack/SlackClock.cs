using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>A clock that stands still and says who waits for it, so that a test moves it no sooner.</summary>
internal sealed class SlackClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits for the next pause between the two, and lets it pass; other timers are left alone.</summary>
    public async Task PassAsync(double fromSeconds, double toSeconds)
    {
        TimeSpan due;
        do
        {
            due = await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
        while (due < TimeSpan.FromSeconds(fromSeconds) || due > TimeSpan.FromSeconds(toSeconds));
        Advance(due);
    }
}
