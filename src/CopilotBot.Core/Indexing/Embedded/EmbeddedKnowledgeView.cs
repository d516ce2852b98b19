using System.Text.Json;
using CopilotBot.Knowledge;

namespace CopilotBot.Indexing.Embedded;

/// <summary>Works on the calling thread. What it borrows goes back when it is disposed and the last call has returned.</summary>
internal sealed class EmbeddedKnowledgeView(IndexSnapshot snapshot, VisibleChunks visible, EmbeddedIndexOptions options, string folder) : IKnowledgeView
{
    /// <summary>A name that more documents share says nothing about which one is meant.</summary>
    private const int MaximumNamesakes = 4;

    /// <summary>Chunks, and share of the view's chunks, that a word of a name may stand in at most.</summary>
    private const int CommonWord = 5;

    private const double CommonWordShare = .02;

    private readonly Lock _lock = new();
    private RowBuffer? _lexical;
    private bool _disposed;
    private int _calls;

    public int Count => visible.Count;

    public int Documents => visible.Documents - visible.Parts;

    public Task<IReadOnlyList<ChunkHit>> SearchLexicalAsync(string query, int top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        return Run<IReadOnlyList<ChunkHit>>(() => Lexical(query, cancellationToken).Best(top));
    }

    public Task<IReadOnlyList<ChunkHit>> SearchDenseAsync(ReadOnlyMemory<float> vector, int top, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        CheckDimensions(vector.Length, snapshot.Manifest.SentenceDimensions);
        return Run<IReadOnlyList<ChunkHit>>(() => DenseSearch.Search(snapshot, visible, vector.Span, top, cancellationToken));
    }

    public Task<RowScores> ScoreAsync(string query, ReadOnlyMemory<float> vector, IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(rows);
        CheckDimensions(vector.Length, snapshot.Manifest.SentenceDimensions);
        return Run(() =>
        {
            var lexical = Lexical(query, cancellationToken);
            return new RowScores(
                [.. rows.Select(row => lexical.Scores[row])],
                DenseSearch.Score(snapshot, vector.Span, rows.Select(row => visible.Chunks[row])),
                [.. rows.Select(row => lexical.DocumentScores[visible.DocumentNumbers[row]])],
                DenseSearch.Score(snapshot, vector.Span, rows.Select(row => snapshot.Chunks.Opening(visible.DocumentNumbers[row]))));
        });
    }

    public Task<IReadOnlyList<float[]>> MatchTokensAsync(TextEncoding query, IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(rows);
        CheckDimensions(query.TokenDimensions, snapshot.Manifest.TokenDimensions);
        return Run<IReadOnlyList<float[]>>(() => LateSearch.Match(snapshot, visible, query, rows, cancellationToken));
    }

    public DocumentId GetDocument(int row) => snapshot.Chunks.Document(visible.Chunks[row]);

    public Task<IReadOnlyList<IReadOnlyList<int>>> GetRowsAsync(IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Run<IReadOnlyList<IReadOnlyList<int>>>(() => [.. documents.Select(document => visible.Find(snapshot.Reader, ChunkFields.TermOf(document)))]);
    }

    public Task<IReadOnlyList<IReadOnlyList<DocumentId>>> FindMentionsAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Run<IReadOnlyList<IReadOnlyList<DocumentId>>>(() => [.. rows.Select(FindMentions)]);
    }

    public Task<IReadOnlyList<IndexedChunk>> GetChunksAsync(IReadOnlyList<int> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Run<IReadOnlyList<IndexedChunk>>(() =>
        {
            var chunks = new IndexedChunk[rows.Count];
            for (var i = 0; i < chunks.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                chunks[i] = Read(rows[i]);
            }

            return chunks;
        });
    }

    public float[] GetTokenWeights(IReadOnlyList<int> tokenIds)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        Enter();
        try
        {
            return [.. tokenIds.Select(id => Bm25.Rarity(visible.TokenFrequency(snapshot.Reader, id), visible.Count))];
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _disposed = true;
                ReleaseWhenIdle();
            }
        }
    }

    private void CheckDimensions(int query, int stored)
    {
        if (visible.Count > 0 && query != stored)
        {
            throw new ArgumentException($"The query vector has {query} dimensions, the index has {stored}.", nameof(query));
        }
    }

    private List<DocumentId> FindMentions(int row)
    {
        var chunk = ReadChunk(snapshot.Read(visible.Chunks[row]));
        var own = visible.DocumentNumbers[row];
        return
        [
            .. chunk.Links.Select(name => (name, IsLink: true))
                .Concat(Phrases(DocumentName.Words(chunk.Text)).Select(name => (name, IsLink: false)))
                .DistinctBy(mention => mention.name)
                .Select(mention => (
                    mention.name, mention.IsLink, Documents: snapshot.Names.Find(mention.name).Where(document => document != own && visible.IsVisible(snapshot.Chunks, document)).ToList()))
                .Where(mention => mention.Documents.Count is > 0 and <= MaximumNamesakes && (mention.IsLink || IsTelling(mention.name)))
                .Select(mention => mention.Documents)
                .SelectMany(documents => documents.Select(document => snapshot.Chunks.DocumentIds[document]).OrderBy(id => id.Value, StringComparer.Ordinal))
                .Distinct(),
        ];
    }

    /// <summary>A title of everyday words alone ("Benefits") stands in many texts that do not mean the page.</summary>
    private bool IsTelling(string name) =>
        name.Any(char.IsAsciiDigit)
        || EnglishWords.Of(name).Any(word => visible.WordFrequency(snapshot.Reader, word) <= Math.Max(CommonWord, CommonWordShare * visible.Count));

    private static IEnumerable<string> Phrases(IReadOnlyList<string> words)
    {
        for (var first = 0; first < words.Count; first++)
        {
            var phrase = "";
            for (var last = first; last < Math.Min(words.Count, first + DocumentName.MaximumWords); last++)
            {
                phrase = last == first ? words[last] : $"{phrase} {words[last]}";
                yield return phrase;
            }
        }
    }

    private IndexedChunk Read(int row)
    {
        var chunk = visible.Chunks[row];
        var record = snapshot.Read(chunk);
        return new IndexedChunk(
            row,
            ReadChunk(record),
            snapshot.Chunks.AccessSetIds[snapshot.Chunks.AccessSet(chunk)],
            record.SentenceVector.ToArray(),
            record.TokenIds.ToArray(),
            record.TokenVectors.ToArray(),
            snapshot.Manifest.TokenDimensions);
    }

    private Chunk ReadChunk(PassageRecord record)
    {
        try
        {
            return record.ReadChunk();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentOutOfRangeException)
        {
            throw IndexFaults.Damaged(folder, exception);
        }
    }

    /// <summary>Scores of the whole view; those of the first query are kept because a search is followed by scoring what the dense search found.</summary>
    private RowBuffer Lexical(string query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_lexical?.Query == query)
            {
                return _lexical;
            }
        }

        var scores = new RowBuffer(query, visible.Count, snapshot.Chunks.DocumentIds.Count);
        new Bm25(snapshot, visible, options).Score(query, scores.Scores, scores.DocumentScores, cancellationToken);
        lock (_lock)
        {
            // A later query finds the buffer taken and leaves its own to the garbage collector: somebody may be reading the kept one.
            _lexical ??= scores;
        }

        return scores;
    }

    private Task<T> Run<T>(Func<T> work)
    {
        Enter();
        try
        {
            return Task.FromResult(work());
        }
        catch (Exception exception) when (exception is InvalidDataException || exception.InnerException is InvalidDataException)
        {
            // The inner one comes from the parallel loops.
            throw IndexFaults.Damaged(folder, exception);
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _calls++;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _calls--;
            ReleaseWhenIdle();
        }
    }

    private void ReleaseWhenIdle()
    {
        if (_disposed && _calls == 0)
        {
            _lexical?.Dispose();
            _lexical = null;
            snapshot.Release();
        }
    }
}
