using CopilotBot.Indexing;
using CopilotBot.Knowledge;
using CopilotBot.Retrieval;

namespace CopilotBot.Answering;

/// <summary>A question made ready to be compared with many units.</summary>
internal sealed class AskedWords(GroundingRequest request)
{
    private readonly short[] _tokens = Int8Vectors.QuantiseQueryRows(request.Retrieval.Query.TokenVectors, request.Retrieval.Query.TokenDimensions);

    private readonly short[] _sentence = Int8Vectors.QuantiseQuery(request.Retrieval.Query.SentenceVector);

    private readonly int[] _ids = request.Retrieval.Query.TokenIds;

    public string Text { get; } = request.Question;

    public QuestionForm Form { get; } = QuestionForm.Of(request.Question);

    /// <summary>Inverse document frequency of each word piece.</summary>
    public float[] Weights { get; } = [.. request.Retrieval.QueryWeights];

    public IReadOnlySet<string> Words { get; } = UnitFeatures.Words(request.Question).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public IReadOnlySet<string> Stems { get; } = UnitFeatures.Words(request.Question).Select(UnitFeatures.Stem).ToHashSet(StringComparer.Ordinal);

    /// <summary>Best similarity of each word piece of the question among some tokens of a chunk.</summary>
    public float[] Best(IndexedChunk indexed, int first, int count)
    {
        var best = new float[Weights.Length];
        TokenSimilarity.Best(_tokens, Rows(indexed, first, count), indexed.TokenDimensions, best);
        return best;
    }

    public float Mean(float[] best) => LateInteractionReranker.WeightedMean(best, Weights);

    /// <summary>Share of the question's weight whose word pieces are among the given ones.</summary>
    public float Exact(IEnumerable<int> tokenIds)
    {
        var present = tokenIds.ToHashSet();
        var total = Weights.Sum();
        return total <= 0 ? 0 : _ids.Zip(Weights).Where(pair => present.Contains(pair.First)).Sum(pair => pair.Second) / total;
    }

    /// <summary>How much of the unit is about the question: mean over its tokens of the best similarity, and cosine of the mean vector.</summary>
    public (float Precision, float Cosine) Compare(IndexedChunk indexed, ChunkUnit unit)
    {
        var dimensions = indexed.TokenDimensions;
        var rows = Rows(indexed, unit.FirstToken, unit.TokenCount);
        var mean = new double[dimensions];
        double precision = 0;
        for (var start = 0; start < rows.Length; start += dimensions)
        {
            var row = rows.Slice(start, dimensions);
            var highest = int.MinValue;
            for (var token = 0; token < Weights.Length; token++)
            {
                highest = Math.Max(highest, Int8Vectors.Dot(_tokens.AsSpan(token * dimensions, dimensions), row));
            }

            precision += highest * Int8Vectors.Scale;
            for (var d = 0; d < dimensions; d++)
            {
                mean[d] += row[d];
            }
        }

        double dot = 0, length = 0;
        for (var d = 0; d < mean.Length; d++)
        {
            dot += mean[d] * _sentence[d];
            length += mean[d] * mean[d];
        }

        return rows.Length == 0 || Weights.Length == 0 ? (0, 0)
            : ((float)(precision * dimensions / rows.Length), length <= 0 ? 0 : (float)(dot / Math.Sqrt(length) / short.MaxValue));
    }

    private static ReadOnlySpan<sbyte> Rows(IndexedChunk indexed, int first, int count)
    {
        var end = Math.Min(first + count, indexed.TokenIds.Length);
        var start = Math.Min(first, end);
        return indexed.TokenVectors.AsSpan(start * indexed.TokenDimensions, (end - start) * indexed.TokenDimensions);
    }
}
