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

    /// <summary>Fills <paramref name="rows"/> with every visible row that has the term, in Lucene's order, with how often it has it.</summary>
    public void Find(IndexReader reader, Term term, List<(int Row, int Frequency)> rows)
    {
        rows.Clear();
        foreach (var leaf in reader.Leaves)
        {
            var postings = leaf.AtomicReader.GetTermDocsEnum(term);
            for (var chunk = postings?.NextDoc() ?? DocIdSetIterator.NO_MORE_DOCS; chunk != DocIdSetIterator.NO_MORE_DOCS; chunk = postings!.NextDoc())
            {
                var row = _rows[leaf.DocBase + chunk];
                if (row != Hidden)
                {
                    rows.Add((row, postings!.Freq));
                }
            }
        }
    }

    /// <summary>The visible rows of a document, ascending.</summary>
    public IReadOnlyList<int> RowsOf(IndexReader reader, DocumentId document)
    {
        var found = new List<(int Row, int Frequency)>();
        Find(reader, ChunkFields.TermOf(document), found);
        var rows = found.ConvertAll(match => match.Row);
        rows.Sort();
        return rows;
    }

    /// <summary>Number of visible chunks that hold the word piece.</summary>
    public int TokenFrequency(IndexReader reader, int tokenId) => _tokenFrequencies.GetOrAdd(tokenId, id =>
    {
        var rows = new List<(int Row, int Frequency)>();
        Find(reader, new Term(ChunkFields.Token, ChunkFields.TokenTerm(id)), rows);
        return rows.Count;
    });
}
