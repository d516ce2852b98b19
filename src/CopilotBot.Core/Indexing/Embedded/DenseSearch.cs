namespace CopilotBot.Indexing.Embedded;

/// <summary>Exact search by cosine: every visible sentence vector is compared.</summary>
internal static class DenseSearch
{
    private const int RowsPerTask = 16_384;

    public static ChunkHit[] Search(IndexSnapshot snapshot, VisibleChunks visible, ReadOnlySpan<float> vector, int top, CancellationToken cancellationToken)
    {
        var query = Int8Vectors.QuantiseQuery(vector);
        var parts = new TopRows[(visible.Count + RowsPerTask - 1) / RowsPerTask];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellationToken }, part =>
        {
            var best = new TopRows(top);
            var end = Math.Min(visible.Count, (part + 1) * RowsPerTask);
            for (var row = part * RowsPerTask; row < end; row++)
            {
                best.Add(row, Int8Vectors.Dot(query, snapshot.SentenceVector(visible.Chunks[row])) * Int8Vectors.Scale);
            }

            parts[part] = best;
        });

        var result = new TopRows(top);
        foreach (var part in parts)
        {
            result.Add(part);
        }

        return result.Drain();
    }
}
