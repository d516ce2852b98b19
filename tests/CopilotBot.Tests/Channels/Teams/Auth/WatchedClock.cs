using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Channels.Teams.Auth;

/// <summary>A clock that stands still and says who waits for it, so that a test moves it no sooner.</summary>
internal sealed class WatchedClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits for the next pause that somebody makes, and lets it pass. A call's timeout of 15 s is none.</summary>
    public async Task<TimeSpan> PassPauseAsync()
    {
        while (true)
        {
            var due = await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (due != TimeSpan.FromSeconds(15))
            {
                Advance(due);
                return due;
            }
        }
    }
}
