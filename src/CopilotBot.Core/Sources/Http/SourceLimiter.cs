namespace CopilotBot.Sources.Http;

/// <summary>
/// The pace of all calls with one credential to one site, whoever makes them (facts/sources.md §1.9, §7.5): a number at a time and a rate, both halved when the
/// site complains and raised slowly while it does not. When a site says how long to wait, nothing is sent before.
/// </summary>
/// <param name="callsPerSecond">At its best.</param>
public sealed class SourceLimiter(TimeProvider time, double callsPerSecond = 20, int atOnce = 6) : IDisposable
{
    private const double LowestRate = 0.5;

    private const double Recovery = 1.02;

    private readonly Lock _lock = new();

    private readonly SemaphoreSlim _places = new(atOnce);

    private readonly Dictionary<string, DateTimeOffset> _silentPaths = new(StringComparer.Ordinal);

    private readonly double _best = callsPerSecond;

    private double _rate = callsPerSecond;

    private DateTimeOffset _next = time.GetUtcNow();

    private DateTimeOffset _silentUntil = DateTimeOffset.MinValue;

    /// <summary>Calls a second that are made at most now.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                return _rate;
            }
        }
    }

    /// <summary>Waits for a place. Dispose what it returns when the call is over.</summary>
    /// <param name="path">What kind of call it is: where only its kind is limited, only that waits.</param>
    /// <exception cref="SourceThrottledException">The wait would be longer than <paramref name="patience"/>.</exception>
    public async Task<IDisposable> EnterAsync(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            while (Wait(path) is { } wait && wait > TimeSpan.Zero)
            {
                if (wait > patience)
                {
                    throw new SourceThrottledException(time.GetUtcNow() + wait);
                }

                // Timers know whole milliseconds: what is cut off would be waited for in a spin.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
            }

            return new Place(_places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            _rate = Math.Min(_best, _rate * Recovery);
        }
    }

    /// <param name="wait">How long the site asks to wait.</param>
    /// <param name="isForPathAlone">A burst of one kind of call; else a quota of all.</param>
    public void Refused(string path, TimeSpan wait, bool isForPathAlone)
    {
        lock (_lock)
        {
            _rate = Math.Max(LowestRate, _rate / 2);
            var until = time.GetUtcNow() + wait;
            if (!isForPathAlone)
            {
                _silentUntil = until > _silentUntil ? until : _silentUntil;
            }
            else if (!_silentPaths.TryGetValue(path, out var known) || until > known)
            {
                _silentPaths[path] = until;
            }
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>How long the call has to wait; null when it has its turn now.</summary>
    private TimeSpan? Wait(string path)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var silent = _silentPaths.TryGetValue(path, out var until) && until > _silentUntil ? until : _silentUntil;
            if (silent > now)
            {
                return silent - now;
            }

            if (_next > now)
            {
                return _next - now;
            }

            _next = now + TimeSpan.FromSeconds(1 / _rate);
            return null;
        }
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
