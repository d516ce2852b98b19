using System.Buffers;
using Lucene.Net.Index;

namespace CopilotBot.Indexing.Embedded;

/// <summary>
/// BM25 over the visible chunks, straight from Lucene's postings. Lucene's own scorers are not used because their document frequencies,
/// average lengths and order of additions depend on chunks that the asker may not see.
/// The fields count as one text, their words weighted (BM25F); identifiers are added on top.
/// </summary>
internal sealed class Bm25(IndexSnapshot snapshot, VisibleChunks visible, EmbeddedIndexOptions options)
{
    /// <summary>Writes the score of every row; 0 where nothing matches.</summary>
    public void Score(string query, Span<float> scores, CancellationToken cancellationToken)
    {
        scores.Clear();
        if (scores.Length == 0)
        {
            return;
        }

        var rented = ArrayPool<float>.Shared.Rent(scores.Length);
        var frequencies = rented.AsSpan(0, scores.Length);
        frequencies.Clear();
        var touched = new List<int>();
        var matches = new List<(int Row, int Frequency)>();
        (string Field, float Weight)[] fields =
            [(ChunkFields.Title, options.TitleWeight), (ChunkFields.Headings, options.HeadingWeight), (ChunkFields.Body, options.BodyWeight)];
        var averageLength = Length(visible.TitleWords, visible.HeadingWords, visible.BodyWords) / scores.Length;
        foreach (var word in EnglishWords.Of(query).Distinct(StringComparer.Ordinal).Take(options.MaxQueryWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (field, weight) in fields.Where(field => field.Weight > 0))
            {
                visible.Find(snapshot.Reader, new Term(field, word), matches);
                foreach (var (row, frequency) in matches)
                {
                    if (frequencies[row] == 0)
                    {
                        touched.Add(row);
                    }

                    frequencies[row] += weight * frequency;
                }
            }

            AddWord(scores, frequencies, touched, averageLength);
        }

        foreach (var identifier in Identifiers.Of(query).Take(options.MaxQueryWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            visible.Find(snapshot.Reader, new Term(ChunkFields.Exact, identifier), matches);
            var weight = options.ExactBoost * Rarity(matches.Count, scores.Length);
            foreach (var (row, _) in matches)
            {
                scores[row] += weight;
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Inverse document frequency.</summary>
    public static float Rarity(int matching, int all) => (float)Math.Log(1 + ((all - matching + 0.5) / (matching + 0.5)));

    private void AddWord(Span<float> scores, Span<float> frequencies, List<int> touched, double averageLength)
    {
        var rarity = Rarity(touched.Count, scores.Length);
        foreach (var row in touched)
        {
            var lengths = snapshot.Chunks.Lengths(visible.Chunks[row]);
            var relativeLength = (float)(Length(lengths.Title, lengths.Headings, lengths.Body) / averageLength);
            var frequency = frequencies[row];
            scores[row] += rarity * frequency * (options.K1 + 1) / (frequency + (options.K1 * (1 - options.B + (options.B * relativeLength))));
            frequencies[row] = 0;
        }

        touched.Clear();
    }

    private double Length(long title, long headings, long body) => (options.TitleWeight * (double)title) + (options.HeadingWeight * (double)headings) + (options.BodyWeight * (double)body);
}
