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

        var sums = ArrayPool<float>.Shared.Rent(scores.Length);
        var rows = ArrayPool<int>.Shared.Rent(scores.Length);
        Array.Clear(sums, 0, scores.Length);
        foreach (var word in EnglishWords.Of(query).Distinct(StringComparer.Ordinal).Take(options.MaxQueryWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var matching = Add(ChunkFields.Title, word, options.TitleWeight, sums, rows, 0);
            matching = Add(ChunkFields.Headings, word, options.HeadingWeight, sums, rows, matching);
            matching = Add(ChunkFields.Body, word, options.BodyWeight, sums, rows, matching);
            AddWord(scores, sums, rows.AsSpan(0, matching));
        }

        foreach (var identifier in Identifiers.Of(query).Take(options.MaxQueryWords))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var matching = Add(ChunkFields.Exact, identifier, 1, sums, rows, 0);
            var weight = options.ExactBoost * Rarity(matching, scores.Length);
            foreach (var row in rows.AsSpan(0, matching))
            {
                scores[row] += weight;
                sums[row] = 0;
            }
        }

        ArrayPool<float>.Shared.Return(sums);
        ArrayPool<int>.Shared.Return(rows);
    }

    /// <summary>Inverse document frequency.</summary>
    public static float Rarity(int matching, int all) => (float)Math.Log(1 + ((all - matching + 0.5) / (matching + 0.5)));

    private int Add(string field, string word, float weight, float[] sums, int[] rows, int matching) =>
        weight > 0 ? visible.Add(snapshot.Reader, new Term(field, word), weight, sums, rows, matching) : matching;

    private void AddWord(Span<float> scores, float[] frequencies, ReadOnlySpan<int> rows)
    {
        var damping = visible.Damping(Damping);
        var rarity = Rarity(rows.Length, scores.Length);
        foreach (var row in rows)
        {
            var frequency = frequencies[row];
            scores[row] += rarity * frequency * (options.K1 + 1) / (frequency + damping[row]);
            frequencies[row] = 0;
        }
    }

    private float[] Damping()
    {
        var averageLength = Length(visible.TitleWords, visible.HeadingWords, visible.BodyWords) / visible.Count;
        return Array.ConvertAll(visible.Chunks, chunk =>
        {
            var lengths = snapshot.Chunks.Lengths(chunk);
            var relativeLength = (float)(Length(lengths.Title, lengths.Headings, lengths.Body) / averageLength);
            return options.K1 * (1 - options.B + (options.B * relativeLength));
        });
    }

    private double Length(long title, long headings, long body) => (options.TitleWeight * (double)title) + (options.HeadingWeight * (double)headings) + (options.BodyWeight * (double)body);
}
