namespace CopilotBot.Indexing.Embedded;

/// <summary>The best rows seen so far. Equal scores go to the lower row, so the result does not depend on the order of adding.</summary>
internal sealed class TopRows(int capacity)
{
    // A heap with the worst hit at its root.
    private readonly List<ChunkHit> _hits = new(Math.Min(capacity, 1024));

    /// <summary>What scores lower than this is not among the best.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    public void Add(int row, float score)
    {
        if (score < Threshold)
        {
            return;
        }

        var hit = new ChunkHit(row, score);
        if (_hits.Count < capacity)
        {
            _hits.Add(hit);
            Rise(_hits.Count - 1);
        }
        else if (capacity > 0 && IsWorse(_hits[0], hit))
        {
            _hits[0] = hit;
            Sink();
        }

        Threshold = capacity > 0 && _hits.Count == capacity ? _hits[0].Score : Threshold;
    }

    public void Add(TopRows other)
    {
        foreach (var hit in other._hits)
        {
            Add(hit.Row, hit.Score);
        }
    }

    /// <summary>Best first.</summary>
    public ChunkHit[] ToArray()
    {
        var hits = _hits.ToArray();
        Array.Sort(hits, (left, right) => IsWorse(right, left) ? -1 : IsWorse(left, right) ? 1 : 0);
        return hits;
    }

    private static bool IsWorse(ChunkHit left, ChunkHit right) => left.Score != right.Score ? left.Score < right.Score : left.Row > right.Row;

    private void Rise(int place)
    {
        for (var parent = (place - 1) / 2; place > 0 && IsWorse(_hits[place], _hits[parent]); parent = (place - 1) / 2)
        {
            (_hits[place], _hits[parent]) = (_hits[parent], _hits[place]);
            place = parent;
        }
    }

    private void Sink()
    {
        for (var place = 0; ;)
        {
            var worst = place;
            for (var child = (2 * place) + 1; child <= (2 * place) + 2 && child < _hits.Count; child++)
            {
                worst = IsWorse(_hits[child], _hits[worst]) ? child : worst;
            }

            if (worst == place)
            {
                return;
            }

            (_hits[place], _hits[worst]) = (_hits[worst], _hits[place]);
            place = worst;
        }
    }
}
