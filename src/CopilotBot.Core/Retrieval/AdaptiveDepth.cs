namespace CopilotBot.Retrieval;

/// <summary>
/// How many candidates fit before the deadline. Searches that run side by side share the cores, so a stage is taken to cost what it lately cost for each search in
/// flight, times the searches that are in flight now: the answer changes with the load and not some searches later. Thread-safe; looks at no clock.
/// </summary>
internal sealed class AdaptiveDepth(RetrievalOptions options)
{
    /// <summary>What is kept back for what no prediction knows.</summary>
    private const double Share = 0.8;

    private readonly Lock _lock = new();
    private readonly RecentCosts _searching = new();
    private readonly RecentCosts _candidate = new();
    private readonly RecentCosts _finishing = new();
    private int _running;

    private int Floor => Math.Min(options.MinimumDepth, options.Depth);

    /// <summary>Counts a search as in flight until <see cref="Leave"/>.</summary>
    public void Enter() => Interlocked.Increment(ref _running);

    public void Leave() => Interlocked.Decrement(ref _running);

    /// <summary>Depth of BM25 and dense at the start of a search.</summary>
    public int ForSearches(TimeSpan remaining)
    {
        lock (_lock)
        {
            // The union of both lists has up to twice as many candidates.
            return Fit(remaining, _searching.Median + _finishing.Median, 2 * _candidate.Median, Floor, options.Depth);
        }
    }

    /// <summary>Of so many candidates, how many late interaction reads.</summary>
    public int ForLate(TimeSpan remaining, int candidates)
    {
        lock (_lock)
        {
            return Fit(remaining, _finishing.Median, _candidate.Median, Math.Min(Floor, candidates), candidates);
        }
    }

    /// <summary>Learns from a search that is still in flight.</summary>
    /// <param name="candidates">That late interaction read; 0 when it did not run.</param>
    public void Learn(IReadOnlyDictionary<string, double> stagesMs, int candidates)
    {
        var running = Math.Max(1, Volatile.Read(ref _running));
        lock (_lock)
        {
            _searching.Add(Sum("encode", "dense", "bm25") / running);
            _finishing.Add(Sum("second-hop", "deduplicate", "cross-encoder") / running);
            if (candidates > 0)
            {
                _candidate.Add(Sum("fuse", "late") / candidates / running);
            }
        }

        double Sum(params ReadOnlySpan<string> stages)
        {
            var sum = 0.0;
            foreach (var stage in stages)
            {
                sum += stagesMs.GetValueOrDefault(stage);
            }

            return sum;
        }
    }

    private int Fit(TimeSpan remaining, double fixedCost, double cost, int floor, int full)
    {
        var budget = (Share * remaining.TotalMilliseconds / Math.Max(1, Volatile.Read(ref _running))) - fixedCost;
        return full * cost <= budget ? full : Math.Clamp((int)(budget / cost), floor, full);
    }
}
