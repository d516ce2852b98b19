using System.Collections.Concurrent;
using CopilotBot.Channels.Tickets;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Channels.Tickets;

/// <summary>What an observer was told; fails as often as it is asked to.</summary>
internal sealed class RecordedChanges : ITicketObserver
{
    private int _failuresLeft;

    public ConcurrentQueue<TicketDraft> Told { get; } = new();

    public int Failures
    {
        init => _failuresLeft = value;
    }

    public Task ChangedAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _failuresLeft) >= 0)
        {
            throw new IOException("The outbox is full.");
        }

        Told.Enqueue(draft);
        return Task.CompletedTask;
    }
}
