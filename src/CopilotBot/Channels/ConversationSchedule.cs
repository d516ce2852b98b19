using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <summary>
/// Whose turn it is: conversations take turns, so that a busy one never starves another; within a conversation one thing happens at a time, in order. Lives in
/// memory; the store says after a start what has to be put in. Safe for concurrent use.
/// </summary>
internal sealed class ConversationSchedule(TimeProvider time)
{
    private readonly Lock _lock = new();

    private readonly Dictionary<ConversationReference, Entry> _entries = [];

    private readonly Queue<Entry> _ready = new();

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A turn that is there already is not added again; the others are kept in the order they were received.</summary>
    public void Add(InboundTurn turn)
    {
        lock (_lock)
        {
            var entry = EntryOf(turn.Conversation);
            if (!entry.Turns.Exists(known => known.Id == turn.Id))
            {
                // What the last process left may be put in after what this one was asked already.
                entry.Turns.Insert(entry.Turns.FindLastIndex(known => known.Received <= turn.Received) + 1, turn);
            }

            MakeReady(entry);
        }
    }

    /// <summary>The conversation has messages to deliver.</summary>
    public void AddOwing(ConversationReference conversation)
    {
        lock (_lock)
        {
            MakeReady(EntryOf(conversation));
        }
    }

    /// <summary>The next conversation with something to do; nobody else gets it until it is put back.</summary>
    public async Task<ConversationReference> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan? untilDue;
            lock (_lock)
            {
                var now = time.GetUtcNow();
                foreach (var due in _entries.Values.Where(entry => entry.State == State.Parked && entry.Due <= now))
                {
                    Enqueue(due);
                }

                if (_ready.TryDequeue(out var next))
                {
                    next.State = State.Taken;
                    return next.Conversation;
                }

                untilDue = _entries.Values.Where(entry => entry.State == State.Parked).Min(entry => (DateTimeOffset?)entry.Due) - now;
                changed = _changed.Task;
            }

            // Until something comes in, or a parked conversation is due.
            using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(untilDue ?? Timeout.InfiniteTimeSpan, time, stopWaiting.Token));
            await stopWaiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The oldest turn of the conversation, which stays.</summary>
    public InboundTurn? Peek(ConversationReference conversation)
    {
        lock (_lock)
        {
            return EntryOf(conversation).Turns.FirstOrDefault();
        }
    }

    public void Remove(InboundTurn turn)
    {
        lock (_lock)
        {
            EntryOf(turn.Conversation).Turns.RemoveAll(known => known.Id == turn.Id);
        }
    }

    /// <summary>Puts a taken conversation back.</summary>
    /// <param name="due">When to go on with it; null means at once, where anything is left.</param>
    public void Return(ConversationReference conversation, DateTimeOffset? due)
    {
        lock (_lock)
        {
            var entry = EntryOf(conversation);
            if (due is not null)
            {
                (entry.State, entry.Due) = (State.Parked, due.Value);
                Wake();
            }
            else if (entry.Turns.Count > 0 || entry.IsTouched)
            {
                Enqueue(entry);
            }
            else
            {
                _entries.Remove(conversation);
            }
        }
    }

    private void MakeReady(Entry entry)
    {
        if (entry.State == State.Idle)
        {
            Enqueue(entry);
        }
        else
        {
            entry.IsTouched = true;
        }
    }

    private void Enqueue(Entry entry)
    {
        (entry.State, entry.IsTouched) = (State.Ready, false);
        _ready.Enqueue(entry);
        Wake();
    }

    private void Wake()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private Entry EntryOf(ConversationReference conversation)
    {
        if (!_entries.TryGetValue(conversation, out var entry))
        {
            _entries[conversation] = entry = new Entry(conversation);
        }

        return entry;
    }

    private enum State
    {
        Idle,
        Ready,
        Taken,
        Parked,
    }

    private sealed class Entry(ConversationReference conversation)
    {
        public ConversationReference Conversation { get; } = conversation;

        public List<InboundTurn> Turns { get; } = [];

        public State State { get; set; }

        public DateTimeOffset Due { get; set; }

        /// <summary>Something came in while it was taken or parked.</summary>
        public bool IsTouched { get; set; }
    }
}
