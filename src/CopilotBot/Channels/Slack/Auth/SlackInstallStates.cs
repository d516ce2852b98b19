using System.Security.Cryptography;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Installs that were begun: each may be ended once, within ten minutes. A restart forgets them, and people begin anew.</summary>
internal sealed class SlackInstallStates(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int Maximum = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);

    public string Begin()
    {
        var state = RandomNumberGenerator.GetHexString(64, lowercase: true);
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            foreach (var (old, _) in _begun.Where(entry => entry.Value + Lifetime <= now).ToList())
            {
                _begun.Remove(old);
            }

            if (_begun.Count >= Maximum)
            {
                _begun.Remove(_begun.MinBy(entry => entry.Value).Key);
            }

            _begun[state] = now;
        }

        return state;
    }

    public bool TryEnd(string state)
    {
        lock (_lock)
        {
            return _begun.Remove(state, out var begun) && begun + Lifetime > clock.GetUtcNow();
        }
    }
}
