namespace CopilotBot.Tickets;

/// <summary>Wakes whoever works off drafts. Rings while nobody waits are not lost; many of them are one.</summary>
public sealed class TicketBell(TimeProvider time)
{
    private readonly Lock _lock = new();

    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring()
    {
        lock (_lock)
        {
            _rung.TrySetResult();
        }
    }

    /// <summary>Until it rings, or until the time is over; for one waiter.</summary>
    /// <param name="limit">Null for no limit.</param>
    public async Task WaitAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        Task rung;
        lock (_lock)
        {
            rung = _rung.Task;
        }

        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(rung, Task.Delay(limit ?? Timeout.InfiniteTimeSpan, time, stopWaiting.Token));
        await stopWaiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_rung.Task.IsCompleted)
            {
                _rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
