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
    private readonly ConcurrentDictionary<int, int> _tokenFrequencies = [];

    public VisibleChunks(ChunkTable chunks, AllowedSets allowed)
    {
        var allowedSets = chunks.AccessSetIds.Select(allowed.Contains).ToArray();
        _rows = new int[chunks.MaxChunk];
        Array.Fill(_rows, Hidden);
        Chunks = Array.FindAll(chunks.Ordered, chunk => allowedSets[chunks.AccessSet(chunk)]);
        for (var row = 0; row < Chunks.Length; row++)
        {
            _rows[Chunks[row]] = row;
            var lengths = chunks.Lengths(Chunks[row]);
            TitleWords += lengths.Title;
            HeadingWords += lengths.Headings;
            BodyWords += lengths.Body;
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

    /// <summary>
    /// Adds to each visible row that has the term how often it has it, times a weight above 0. Rows whose sum was 0 before are noted.
    /// </summary>
    /// <param name="sums">One for each row.</param>
    /// <param name="noted">Room for every row.</param>
    /// <param name="count">Rows that are noted already.</param>
    /// <returns>Rows that are noted now.</returns>
    public int Add(IndexReader reader, Term term, float weight, Span<float> sums, Span<int> noted, int count)
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
                var row = rows[chunk];
                if (row == Hidden)
                {
                    continue;
                }

                ref var sum = ref sums[row];
                if (sum == 0)
                {
                    noted[count++] = row;
                }

                sum += weight * postings.Freq;
            }
        }

        return count;
    }

    /// <summary>The visible rows that have the term, ascending.</summary>
    public List<int> Find(IndexReader reader, Term term)
    {
        var found = new List<int>();
        foreach (var row in Matching(reader, term))
        {
            found.Add(row);
        }

        found.Sort();
        return found;
    }

    /// <summary>Number of visible chunks that hold the word piece.</summary>
    public int TokenFrequency(IndexReader reader, int tokenId) =>
        _tokenFrequencies.GetOrAdd(tokenId, id => Matching(reader, new Term(ChunkFields.Token, ChunkFields.TokenTerm(id))).Count());

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
}
