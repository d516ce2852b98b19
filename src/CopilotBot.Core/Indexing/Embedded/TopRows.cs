namespace CopilotBot.Indexing.Embedded;

/// <summary>The best rows seen so far. Equal scores go to the lower row, so the result does not depend on the order of adding.</summary>
internal sealed class TopRows(int capacity)
{
    private readonly PriorityQueue<ChunkHit, ChunkHit> _worstFirst = new(WorstFirst);

    private static Comparer<ChunkHit> WorstFirst { get; } =
        Comparer<ChunkHit>.Create((left, right) => left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Row.CompareTo(left.Row));

    public void Add(int row, float score)
    {
        var hit = new ChunkHit(row, score);
        if (_worstFirst.Count < capacity)
        {
            _worstFirst.Enqueue(hit, hit);
        }
        else if (capacity > 0 && WorstFirst.Compare(hit, _worstFirst.Peek()) > 0)
        {
            _worstFirst.DequeueEnqueue(hit, hit);
        }
    }

    public void Add(TopRows other)
    {
        foreach (var (hit, _) in other._worstFirst.UnorderedItems)
        {
            Add(hit.Row, hit.Score);
        }
    }

    /// <summary>Empties it, best first.</summary>
    public ChunkHit[] Drain()
    {
        var hits = new ChunkHit[_worstFirst.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
        {
            hits[i] = _worstFirst.Dequeue();
        }

        return hits;
    }
}
