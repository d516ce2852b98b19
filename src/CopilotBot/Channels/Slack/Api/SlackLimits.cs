namespace CopilotBot.Channels.Slack.Api;

/// <summary>
/// Keeps the bot below what Slack takes from it (facts/slack.md §2), and silent where Slack asked for silence. A limit belongs to a method in a workspace; some are finer,
/// by channel or message.
/// </summary>
internal sealed class SlackLimits(TimeProvider clock)
{
    /// <summary>Longer waits are the caller's.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Where Slack asks to wait without saying how long.</summary>
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // A tenth below each tier: Slack counts what arrives, and one request may take longer than the next.
    private static readonly LaneLimit Tier2 = new(18, Minute);
    private static readonly LaneLimit Tier3 = new(45, Minute);
    private static readonly LaneLimit Tier4 = new(90, Minute);
    private static readonly LaneLimit PostsOfChannel = new(2, TimeSpan.FromSeconds(2.2));
    private static readonly LaneLimit UpdatesOfMessage = new(1, TimeSpan.FromSeconds(3.2));

    private readonly Lock _lock = new();
    private readonly Dictionary<LaneKey, List<DateTimeOffset>> _lanes = [];
    private readonly Dictionary<LaneKey, DateTimeOffset> _silentUntil = [];

    /// <summary>Calls that were counted before they are made.</summary>
    private readonly Dictionary<LaneKey, List<DateTimeOffset>> _reserved = [];

    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <summary>Lanes that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lanes.Count;
            }
        }
    }

    /// <summary>Returns null when the call may go out, which then counts as made; else how long it would have to wait, and nothing is counted.</summary>
    /// <param name="channel">The argument of that name, or empty.</param>
    /// <param name="ts">The argument of that name, or empty.</param>
    public async Task<TimeSpan?> EnterAsync(string workspace, string method, string channel, string ts, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var start = clock.GetUtcNow();
        var key = new LaneKey(workspace, method);
        var turn = start;
        List<Lane> lanes;
        lock (_lock)
        {
            Sweep(start);
            lanes = [.. LanesOf(workspace, method, channel, ts)];
            if (TakeReservation(key, start))
            {
                lanes.RemoveAll(lane => lane.Key == key);
            }

            turn = lanes.Select(lane => FreeAt(lane, start)).Append(SilentUntil(key, start)).Max();
            if (turn - start > LongestWait)
            {
                return turn - start;
            }

            foreach (var lane in lanes)
            {
                Add(lane.Key, turn);
            }
        }

        try
        {
            return await WaitAsync(key, start, turn, cancel);
        }
        catch (OperationCanceledException)
        {
            GiveBack(lanes, turn);
            throw;
        }
    }

    /// <summary>Counts a call as made if it can go out at once; the next <see cref="EnterAsync"/> of the method in the workspace is that call, if it comes within a minute.</summary>
    public bool TryReserve(string workspace, string method)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            Sweep(now);
            var key = new LaneKey(workspace, method);
            var lanes = LanesOf(workspace, method, channel: "", ts: "").ToList();
            if (SilentUntil(key, now) > now || lanes.Any(lane => FreeAt(lane, now) > now))
            {
                return false;
            }

            foreach (var lane in lanes)
            {
                Add(lane.Key, now);
                GetOrAdd(_reserved, lane.Key).Add(now);
            }

            return true;
        }
    }

    /// <summary>Slack asked to wait: until then nothing of the method goes out in the workspace.</summary>
    public TimeSpan Silence(string workspace, string method, TimeSpan? wait)
    {
        // Not at once, whatever it says: that would be asked again and again.
        var pause = wait is { } given ? TimeSpan.FromSeconds(Math.Max(1, given.TotalSeconds)) : DefaultPause;
        lock (_lock)
        {
            var (key, until) = (new LaneKey(workspace, method), clock.GetUtcNow() + pause);
            _silentUntil[key] = _silentUntil.TryGetValue(key, out var known) && known > until ? known : until;
        }

        return pause;
    }

    private static IEnumerable<Lane> LanesOf(string workspace, string method, string channel, string ts)
    {
        var key = new LaneKey(workspace, method);
        if (TierOf(method) is { } tier)
        {
            yield return new Lane(key, tier);
        }

        if (method == "chat.postMessage" && channel.Length > 0)
        {
            yield return new Lane(key with { Detail = channel }, PostsOfChannel);
        }

        if (method == "chat.update" && ts.Length > 0)
        {
            yield return new Lane(key with { Detail = $"{channel}/{ts}" }, UpdatesOfMessage);
        }
    }

    private static LaneLimit? TierOf(string method) => method switch
    {
        "chat.startStream" or "chat.stopStream" or "reactions.remove" => Tier2,
        "chat.update" or "chat.delete" or "agents.sessions.setStatus" or "agents.sessions.rename" or "conversations.history" or "conversations.replies" or "conversations.open"
            or "conversations.info" or "reactions.add" or "users.lookupByEmail" or "apps.connections.open" => Tier3,
        "chat.postEphemeral" or "chat.appendStream" or "assistant.threads.setTitle" or "assistant.threads.setSuggestedPrompts" or "conversations.members" or "users.info"
            or "views.open" or "views.push" or "views.update" or "views.publish" or "files.getUploadURLExternal" or "files.completeUploadExternal" => Tier4,
        _ => null,
    };

    /// <summary>Slack may ask for silence, or for more of it, while a call waits.</summary>
    private async Task<TimeSpan?> WaitAsync(LaneKey key, DateTimeOffset start, DateTimeOffset turn, CancellationToken cancel)
    {
        for (var now = start; turn > now; now = clock.GetUtcNow())
        {
            if (turn - start > LongestWait)
            {
                return turn - now;
            }

            await Task.Delay(turn - now, clock, cancel);
            lock (_lock)
            {
                turn = SilentUntil(key, clock.GetUtcNow());
            }
        }

        return null;
    }

    private DateTimeOffset SilentUntil(LaneKey key, DateTimeOffset now) => _silentUntil.TryGetValue(key, out var until) && until > now ? until : now;

    /// <summary>Calls that wait already count into every window, so that none ever holds more than its limit, in whatever order they go out.</summary>
    private DateTimeOffset FreeAt(Lane lane, DateTimeOffset now) =>
        _lanes.TryGetValue(lane.Key, out var times) && times.Count >= lane.Limit.Calls && times[^lane.Limit.Calls] + lane.Limit.Window is var free && free > now ? free : now;

    private bool TakeReservation(LaneKey key, DateTimeOffset now)
    {
        if (!_reserved.TryGetValue(key, out var times))
        {
            return false;
        }

        times.RemoveAll(time => time + Minute <= now);
        if (times.Count == 0)
        {
            return false;
        }

        times.RemoveAt(0);
        return true;
    }

    private void Add(LaneKey key, DateTimeOffset turn)
    {
        var times = GetOrAdd(_lanes, key);
        var at = times.BinarySearch(turn);
        times.Insert(at < 0 ? ~at : at, turn);
    }

    private void GiveBack(List<Lane> lanes, DateTimeOffset turn)
    {
        lock (_lock)
        {
            foreach (var lane in lanes)
            {
                if (_lanes.TryGetValue(lane.Key, out var times))
                {
                    times.Remove(turn);
                }
            }
        }
    }

    /// <summary>Forgets what no window holds any more.</summary>
    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + SweepEvery;
        foreach (var lanes in new[] { _lanes, _reserved })
        {
            foreach (var (key, times) in lanes.ToList())
            {
                times.RemoveAll(time => time + Minute <= now);
                if (times.Count == 0)
                {
                    lanes.Remove(key);
                }
            }
        }

        foreach (var (key, _) in _silentUntil.Where(entry => entry.Value <= now).ToList())
        {
            _silentUntil.Remove(key);
        }
    }

    private static List<DateTimeOffset> GetOrAdd(Dictionary<LaneKey, List<DateTimeOffset>> lanes, LaneKey key)
    {
        if (!lanes.TryGetValue(key, out var times))
        {
            lanes[key] = times = [];
        }

        return times;
    }

    private readonly record struct LaneKey(string Workspace, string Method, string Detail = "");

    private readonly record struct LaneLimit(int Calls, TimeSpan Window);

    private readonly record struct Lane(LaneKey Key, LaneLimit Limit);
}
