namespace CopilotBot.Tests.Support;

/// <summary>Waits of less than a minute are over at once, and the clock shows that they were; longer ones (limits of calls) take their real time.</summary>
internal sealed class HastyTime(TimeProvider clock) : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private long _skipped;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= Limit || dueTime < TimeSpan.Zero)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        Interlocked.Add(ref _skipped, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
