using Lucene.Net.Index;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// BM25 over the visible chunks, straight from Lucene's postings. Lucene's own scorers are not used because their document frequencies,
/// average lengths and order of additions depend on chunks that the asker may not see.
/// The fields count as one text, their words weighted (BM25F); identifiers are added on top. Whole documents are scored on the way: the bodies of their
/// chunks and their title as one text.
/// </summary>
internal sealed class Bm25(IndexSnapshot snapshot, VisibleChunks visible, EmbeddedIndexOptions options)
{
    /// <summary>What a word of the title counts in the score of a whole document.</summary>
    private const float TitleOfDocument = 2;

    /// <summary>Writes the score of every row and, by document number, of every document; 0 where nothing matches.</summary>
    public void Score(string query, Span<float> scores, Span<float> documentScores, CancellationToken cancellationToken)
    {
        scores.Clear();
        documentScores.Clear();
        if (scores.Length == 0)
        {
            return;
        }

        using var rows = new Matches(scores.Length);
        using var titles = new Matches(scores.Length);
        using var documents = new Matches(documentScores.Length);
        foreach (var word in EnglishWords.Of(query).Distinct(StringComparer.Ordinal).Take(options.MaxQueryWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            visible.Add(snapshot.Reader, new Term(ChunkFields.Body, word), 1, rows);
            foreach (var row in rows.Noted)
            {
                documents.Add(visible.DocumentNumbers[row], rows.Sums[row]);
                rows.Sums[row] *= options.BodyWeight;
            }

            visible.Add(snapshot.Reader, new Term(ChunkFields.Title, word), 1, titles);
            foreach (var row in titles.Noted)
            {
                rows.Add(row, options.TitleWeight * titles.Sums[row]);
                if (visible.IsOpening(snapshot.Chunks, row))
                {
                    documents.Add(visible.DocumentNumbers[row], TitleOfDocument * titles.Sums[row]);
                }
            }

            titles.Clear();
            if (options.HeadingWeight > 0)
            {
                visible.Add(snapshot.Reader, new Term(ChunkFields.Headings, word), options.HeadingWeight, rows);
            }

            AddWord(scores, rows, visible.Damping(Damping), visible.Count);
            AddWord(documentScores, documents, visible.DocumentDamping(DocumentDamping), visible.Documents);
        }

        foreach (var identifier in Identifiers.Of(query).Take(options.MaxQueryWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            visible.Add(snapshot.Reader, new Term(ChunkFields.Exact, identifier), 1, rows);
            var weight = options.ExactBoost * Rarity(rows.Noted.Length, scores.Length);
            foreach (var row in rows.Noted)
            {
                scores[row] += weight;
            }

            rows.Clear();
        }
    }

    /// <summary>Inverse document frequency.</summary>
    public static float Rarity(int matching, int all) => (float)Math.Log(1 + ((all - matching + 0.5) / (matching + 0.5)));

    private void AddWord(Span<float> scores, Matches matches, float[] damping, int all)
    {
        var rarity = Rarity(matches.Noted.Length, all);
        foreach (var item in matches.Noted)
        {
            var frequency = matches.Sums[item];
            scores[item] += rarity * frequency * (options.K1 + 1) / (frequency + damping[item]);
        }

        matches.Clear();
    }

    private float[] Damping()
    {
        var averageLength = Length(visible.TitleWords, visible.HeadingWords, visible.BodyWords) / visible.Count;
        return Array.ConvertAll(visible.Chunks, chunk =>
        {
            var lengths = snapshot.Chunks.Lengths(chunk);
            return Damping(Length(lengths.Title, lengths.Headings, lengths.Body) / averageLength);
        });
    }

    private float[] DocumentDamping()
    {
        var lengths = new double[snapshot.Chunks.DocumentIds.Count];
        for (var row = 0; row < visible.Count; row++)
        {
            var words = snapshot.Chunks.Lengths(visible.Chunks[row]);
            lengths[visible.DocumentNumbers[row]] += words.Body + (visible.IsOpening(snapshot.Chunks, row) ? TitleOfDocument * words.Title : 0);
        }

        var averageLength = Math.Max(1, lengths.Sum() / visible.Documents);
        return Array.ConvertAll(lengths, length => Damping(length / averageLength));
    }

    private float Damping(double relativeLength) => options.K1 * (1 - options.B + (options.B * (float)relativeLength));

    private double Length(long title, long headings, long body) => (options.TitleWeight * (double)title) + (options.HeadingWeight * (double)headings) + (options.BodyWeight * (double)body);
}
