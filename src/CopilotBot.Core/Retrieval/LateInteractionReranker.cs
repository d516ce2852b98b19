using CopilotBot.Indexing;

namespace CopilotBot.Retrieval;

/// <summary>
/// Late interaction (MaxSim of ColBERT, Khattab and Zaharia 2020): for each word piece of the question its best cosine among the word pieces of the
/// passage; the mean over the question, weighted by inverse document frequency.
/// </summary>
public static class LateInteractionReranker
{
    /// <summary>Score of one passage, from -1 to 1; 0 when either side has no tokens.</summary>
    /// <param name="query">Quantised query token vectors, row-major.</param>
    /// <param name="weights">One per query token.</param>
    /// <param name="passage">The passage's token vectors, row-major, same dimensions.</param>
    public static float Score(ReadOnlySpan<short> query, ReadOnlySpan<float> weights, ReadOnlySpan<sbyte> passage, int dimensions)
    {
        Span<float> best = weights.Length <= 256 ? stackalloc float[weights.Length] : new float[weights.Length];
        TokenSimilarity.Best(query, passage, dimensions, best);
        return WeightedMean(best, weights);
    }

    public static float WeightedMean(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        float sum = 0, total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] * weights[i];
            total += weights[i];
        }

        return total <= 0 ? 0 : sum / total;
    }
}
