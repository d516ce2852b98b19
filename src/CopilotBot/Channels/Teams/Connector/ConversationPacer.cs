namespace CopilotBot.Channels.Teams.Connector;

/// <summary>Keeps the bot below what Teams takes from it in one conversation (facts 2.6). The threads of a channel are one conversation. In the order of the calls.</summary>
internal sealed class ConversationPacer(TimeProvider clock)
{
    private const int ManyConversations = 5_000;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private static readonly (int Sends, TimeSpan Window)[] Limits =
    [
        (7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1800, TimeSpan.FromHours(1)),
    ];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _sends = new(StringComparer.Ordinal);
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <summary>Added to every window: Teams counts what arrives, and one request may take longer than the next.</summary>
    public TimeSpan Allowance { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Conversations that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sends.Count;
            }
        }
    }

    /// <summary>Returns when the next send is allowed, which then counts as made.</summary>
    public async Task WaitAsync(string conversationId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var key = conversationId.Split(";messageid=")[0];
        var now = clock.GetUtcNow();
        var turn = Reserve(key, now);
        if (turn <= now)
        {
            return;
        }

        try
        {
            // The window of the limit has to move on.
            await Task.Delay(turn - now, clock, cancel);
        }
        catch (OperationCanceledException)
        {
            GiveBack(key, turn);
            throw;
        }
    }

    private DateTimeOffset Reserve(string key, DateTimeOffset now)
    {
        lock (_lock)
        {
            Sweep(now);
            if (!_sends.TryGetValue(key, out var times))
            {
                _sends[key] = times = [];
            }

            var longest = Limits[^1];
            times.RemoveRange(0, times.TakeWhile(time => time + longest.Window + Allowance <= now).Count());
            var turn = times.Count > 0 && times[^1] > now ? times[^1] : now;
            foreach (var (sends, window) in Limits.Where(limit => times.Count >= limit.Sends))
            {
                var free = times[^sends] + window + Allowance;
                turn = free > turn ? free : turn;
            }

            times.Add(turn);
            return turn;
        }
    }

    private void GiveBack(string key, DateTimeOffset turn)
    {
        lock (_lock)
        {
            if (_sends.TryGetValue(key, out var times))
            {
                times.Remove(turn);
            }
        }
    }

    /// <summary>Forgets what no window holds any more; when there are many, what only the window of an hour holds.</summary>
    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep && _sends.Count < ManyConversations)
        {
            return;
        }

        _nextSweep = now + SweepEvery;
        var kept = _sends.Count >= ManyConversations ? Limits[^2].Window : Limits[^1].Window;
        foreach (var (key, _) in _sends.Where(entry => entry.Value.Count == 0 || entry.Value[^1] + kept <= now).ToList())
        {
            _sends.Remove(key);
        }
    }
}
