namespace CopilotBot.FakeSlack;

/// <summary>
/// How often a method may be called for a workspace (facts §2), in a sliding minute; chat.postMessage has about one a second for each channel, with
/// <see cref="Burst"/> at once after a pause (the allowance is this fake's choice: the facts give no number). Guarded by the platform's lock.
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    public const int Burst = 4;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Method, string Install), Queue<DateTimeOffset>> _taken = [];
    private readonly Dictionary<string, DateTimeOffset> _channelFull = [];
    private readonly Dictionary<string, DateTimeOffset> _told = [];

    public Dictionary<SlackTier, double> Factors { get; } = [];

    /// <summary>Null and counted where the call may go through, else how long until one may.</summary>
    public TimeSpan? Take(string method, string install, SlackTier tier) => tier == SlackTier.Special ? null : Take(method, install, Allowed(tier));

    public TimeSpan? Take(string method, string install, int allowed)
    {
        var now = time.GetUtcNow();
        if (!_taken.TryGetValue((method, install), out var taken))
        {
            _taken[(method, install)] = taken = [];
        }

        while (taken.TryPeek(out var oldest) && oldest <= now - Minute)
        {
            taken.Dequeue();
        }

        if (taken.Count >= allowed)
        {
            return taken.Peek() + Minute - now;
        }

        taken.Enqueue(now);
        return null;
    }

    /// <summary>The channel's allowance, as a moment at which it is whole again.</summary>
    public TimeSpan? TakePost(string channel)
    {
        var now = time.GetUtcNow();
        var second = TimeSpan.FromSeconds(1 / Factors.GetValueOrDefault(SlackTier.Special, 1));
        var full = _channelFull.TryGetValue(channel, out var until) && until > now ? until : now;
        if (full + second > now + Burst * second)
        {
            return full + second - now - Burst * second;
        }

        _channelFull[channel] = full + second;
        return null;
    }

    /// <summary>Whether the same thing was told to wait and does not.</summary>
    public bool IsEarly(string key) => _told.TryGetValue(key, out var until) && time.GetUtcNow() < until;

    public void Tell(string key, TimeSpan retryAfter) => _told[key] = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Ceiling(retryAfter.TotalSeconds));

    private int Allowed(SlackTier tier) => (int)(Factors.GetValueOrDefault(tier, 1) * tier switch
    {
        SlackTier.One => 1,
        SlackTier.Two => 20,
        SlackTier.Three => 50,
        SlackTier.Four => 100,
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier.ToString()),
    });
}
