namespace CopilotBot.Indexing.Embedded;

/// <summary>Exact search by cosine: every visible sentence vector is compared, in the order in which they lie in the files.</summary>
internal static class DenseSearch
{
    private const int RowsPerTask = 8192;

    public static ChunkHit[] Search(IndexSnapshot snapshot, VisibleChunks visible, ReadOnlySpan<float> vector, int top, CancellationToken cancellationToken)
    {
        var query = Int8Vectors.QuantiseQuery(vector);
        var parts = new TopRows[(visible.Count + RowsPerTask - 1) / RowsPerTask];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellationToken }, part =>
            parts[part] = Scan(snapshot, visible, query, top, visible.ByAddress.AsSpan(part * RowsPerTask, Math.Min(RowsPerTask, visible.Count - (part * RowsPerTask)))));

        var result = new TopRows(top);
        foreach (var part in parts)
        {
            result.Add(part);
        }

        return result.ToArray();
    }

    /// <summary>Cosines of the chunks in their order.</summary>
    public static float[] Score(IndexSnapshot snapshot, ReadOnlySpan<float> vector, IEnumerable<int> chunks)
    {
        var query = Int8Vectors.QuantiseQuery(vector);
        return
        [
            .. chunks.Select(chunk => snapshot.Chunks.Address(chunk))
                .Select(address => Int8Vectors.Dot(query, snapshot.File(address.File).SentenceVector(address.Slot)) * Int8Vectors.Scale),
        ];
    }

    private static TopRows Scan(IndexSnapshot snapshot, VisibleChunks visible, ReadOnlySpan<short> query, int top, ReadOnlySpan<int> rows)
    {
        var best = new TopRows(top);
        PassageFile? file = null;
        foreach (var row in rows)
        {
            var address = snapshot.Chunks.Address(visible.Chunks[row]);
            file = file is not null && file.Length.Number == address.File ? file : snapshot.File(address.File);
            var score = Int8Vectors.Dot(query, file.SentenceVector(address.Slot)) * Int8Vectors.Scale;
            if (score >= best.Threshold)
            {
                best.Add(row, score);
            }
        }

        return best;
    }
}
