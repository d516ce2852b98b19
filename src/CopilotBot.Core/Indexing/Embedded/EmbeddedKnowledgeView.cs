using System.Text.Json;

namespace CopilotBot.Indexing.Embedded;

internal sealed class EmbeddedKnowledgeView(IndexSnapshot snapshot, VisibleChunks visible, EmbeddedIndexOptions options, string folder) : IKnowledgeView
{
    private readonly Lock _lastLock = new();
    private (string Query, float[] Scores)? _last;
    private int _disposed;

    public int Count => visible.Count;

    public Task<IReadOnlyList<ChunkHit>> SearchLexicalAsync(string query, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        return RunAsync<IReadOnlyList<ChunkHit>>(
            () =>
            {
                var best = new TopRows(top);
                var scores = Score(query, cancellationToken);
                for (var row = 0; row < scores.Length; row++)
                {
                    if (scores[row] > 0)
                    {
                        best.Add(row, scores[row]);
                    }
                }

                return best.Drain();
            },
            cancellationToken);
    }

    public Task<float[]> ScoreLexicalAsync(string query, IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(rows);
        return RunAsync(
            () =>
            {
                var scores = Score(query, cancellationToken);
                return rows.Select(row => scores[row]).ToArray();
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<ChunkHit>> SearchDenseAsync(ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        if (visible.Count > 0 && vector.Length != snapshot.Manifest.SentenceDimensions)
        {
            throw new ArgumentException($"The query vector has {vector.Length} dimensions, the index has {snapshot.Manifest.SentenceDimensions}.", nameof(vector));
        }

        return RunAsync<IReadOnlyList<ChunkHit>>(() => DenseSearch.Search(snapshot, visible, vector.Span, top, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<IndexedChunk>> GetChunksAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return RunAsync<IReadOnlyList<IndexedChunk>>(
            () =>
            {
                var chunks = new IndexedChunk[rows.Count];
                for (var i = 0; i < chunks.Length; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    chunks[i] = Read(rows[i]);
                }

                return chunks;
            },
            cancellationToken);
    }

    public float[] GetTokenWeights(IReadOnlyList<int> tokenIds)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        Hold();
        try
        {
            return [.. tokenIds.Select(id => Bm25.Rarity(visible.TokenFrequency(snapshot.Reader, id), visible.Count))];
        }
        finally
        {
            snapshot.Release();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            snapshot.Release();
        }
    }

    private IndexedChunk Read(int row)
    {
        var chunk = visible.Chunks[row];
        var record = snapshot.Read(chunk);
        try
        {
            return new IndexedChunk(
                row,
                record.ReadChunk(),
                snapshot.Chunks.AccessSetIds[snapshot.Chunks.AccessSet(chunk)],
                record.SentenceVector.ToArray(),
                record.TokenIds.ToArray(),
                record.TokenVectors.ToArray(),
                snapshot.Manifest.TokenDimensions);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            throw IndexFaults.Damaged(folder, exception);
        }
    }

    /// <summary>Scores of the whole view; those of the last query are kept because a search is followed by scoring what the dense search found.</summary>
    private float[] Score(string query, CancellationToken cancellationToken)
    {
        lock (_lastLock)
        {
            if (_last is { } last && last.Query == query)
            {
                return last.Scores;
            }
        }

        var scores = new Bm25(snapshot, visible, options).Score(query, cancellationToken);
        lock (_lastLock)
        {
            _last = (query, scores);
        }

        return scores;
    }

    /// <summary>Runs on the pool, so that lexical and dense search run side by side, and keeps the files mapped meanwhile.</summary>
    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        Hold();
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw IndexFaults.Damaged(folder, exception);
        }
        finally
        {
            snapshot.Release();
        }
    }

    private void Hold()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0 || !snapshot.TryHold(), this);
    }
}
