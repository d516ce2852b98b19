using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CopilotBot.Channels;

/// <summary>What is believed for a while. Bounded without bookkeeping: what is lost is asked for again. Safe for concurrent use.</summary>
internal sealed class ExpiringCache<T>(TimeProvider time)
{
    private const int Maximum = 5_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, T Value)> _entries = new(StringComparer.Ordinal);

    public bool TryGet(string key, [MaybeNullWhen(false)] out T value)
    {
        var isKnown = _entries.TryGetValue(key, out var entry) && entry.Until > time.GetUtcNow();
        value = isKnown ? entry.Value : default;
        return isKnown;
    }

    public void Set(string key, T value, TimeSpan validity)
    {
        if (_entries.Count > Maximum)
        {
            _entries.Clear();
        }

        _entries[key] = (time.GetUtcNow() + validity, value);
    }

    public void Forget(string key) => _entries.TryRemove(key, out _);
}
