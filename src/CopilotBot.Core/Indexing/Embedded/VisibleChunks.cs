using System.Collections.Concurrent;
using CopilotBot.Knowledge;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// The chunks of a commit that a set of readers may see, numbered as rows by chunk id, with the statistics that scores are made of.
/// Nothing in it depends on the other chunks: an index without them has the same rows and the same statistics.
/// </summary>
internal sealed class VisibleChunks
{
    private const int Hidden = -1;
    private readonly int[] _rows;
    private float[]? _damping;
    private float[]? _documentDamping;
    private readonly ConcurrentDictionary<int, int> _tokenFrequencies = [];
    private readonly ConcurrentDictionary<string, int> _wordFrequencies = [];

    public VisibleChunks(ChunkTable chunks, AllowedSets allowed)
    {
        var allowedSets = chunks.AccessSetIds.Select(allowed.Contains).ToArray();
        _rows = new int[chunks.MaxChunk];
        Array.Fill(_rows, Hidden);
        Chunks = Array.FindAll(chunks.Ordered, chunk => allowedSets[chunks.AccessSet(chunk)]);
        DocumentNumbers = new int[Chunks.Length];
        for (var row = 0; row < Chunks.Length; row++)
        {
            _rows[Chunks[row]] = row;
            var lengths = chunks.Lengths(Chunks[row]);
            TitleWords += lengths.Title;
            HeadingWords += lengths.Headings;
            BodyWords += lengths.Body;
            DocumentNumbers[row] = chunks.DocumentNumber(Chunks[row]);
            if (IsOpening(chunks, row))
            {
                Documents++;
                Parts += chunks.Document(Chunks[row]).IsPart ? 1 : 0;
            }
        }

        ByAddress = new int[Chunks.Length];
        var next = 0;
        foreach (var chunk in chunks.ByAddress)
        {
            if (_rows[chunk] != Hidden)
            {
                ByAddress[next++] = _rows[chunk];
            }
        }
    }

    /// <summary>The chunk of each row.</summary>
    public int[] Chunks { get; }

    /// <summary>The rows in the order in which their passages lie in the files.</summary>
    public int[] ByAddress { get; }

    public int Count => Chunks.Length;

    public long TitleWords { get; }

    public long HeadingWords { get; }

    public long BodyWords { get; }

    /// <summary>Documents in the view, and how many of them are parts of others.</summary>
    public int Documents { get; }

    public int Parts { get; }

    /// <summary>The number of each row's document in the commit.</summary>
    public int[] DocumentNumbers { get; }

    /// <summary>True for the first chunk of a document.</summary>
    public bool IsOpening(ChunkTable chunks, int row) => chunks.Opening(DocumentNumbers[row]) == Chunks[row];

    /// <summary>All chunks of a document have its access set, so they are visible together or not at all.</summary>
    public bool IsVisible(ChunkTable chunks, int document) => _rows[chunks.Opening(document)] != Hidden;

    /// <summary>Adds to each visible row that has the term how often it has it, times a weight above 0.</summary>
    public void Add(IndexReader reader, Term term, float weight, Matches matches)
    {
        foreach (var leaf in reader.Leaves)
        {
            if (leaf.AtomicReader.GetTermDocsEnum(term) is not { } postings)
            {
                continue;
            }

            var rows = _rows.AsSpan(leaf.DocBase);
            for (var chunk = postings.NextDoc(); chunk != DocIdSetIterator.NO_MORE_DOCS; chunk = postings.NextDoc())
            {
                if (rows[chunk] is var row && row != Hidden)
                {
                    matches.Add(row, weight * postings.Freq);
                }
            }
        }
    }

    /// <summary>The visible rows that have the term, ascending.</summary>
    public List<int> Find(IndexReader reader, Term term)
    {
        List<int> found = [.. Matching(reader, term)];
        found.Sort();
        return found;
    }

    /// <summary>Number of visible chunks that hold the word piece.</summary>
    public int TokenFrequency(IndexReader reader, int tokenId) =>
        _tokenFrequencies.GetOrAdd(tokenId, id => Matching(reader, new Term(ChunkFields.Token, ChunkFields.TokenTerm(id))).Count());

    /// <summary>Number of visible chunks whose text holds the word, given as <see cref="EnglishWords"/> has it.</summary>
    public int WordFrequency(IndexReader reader, string word) => _wordFrequencies.GetOrAdd(word, key => Matching(reader, new Term(ChunkFields.Body, key)).Count());

    private IEnumerable<int> Matching(IndexReader reader, Term term)
    {
        foreach (var leaf in reader.Leaves)
        {
            var postings = leaf.AtomicReader.GetTermDocsEnum(term);
            for (var chunk = postings?.NextDoc() ?? DocIdSetIterator.NO_MORE_DOCS; chunk != DocIdSetIterator.NO_MORE_DOCS; chunk = postings!.NextDoc())
            {
                if (_rows[leaf.DocBase + chunk] is var row && row != Hidden)
                {
                    yield return row;
                }
            }
        }
    }

    /// <summary>
    /// What BM25 adds to the frequency of a word in each row: large for a long one. Made once; all callers have the same settings.
    /// </summary>
    public float[] Damping(Func<float[]> make) => LazyInitializer.EnsureInitialized(ref _damping, make);

    /// <summary>The same for whole documents, by document number; hidden ones have no meaning.</summary>
    public float[] DocumentDamping(Func<float[]> make) => LazyInitializer.EnsureInitialized(ref _documentDamping, make);
}
