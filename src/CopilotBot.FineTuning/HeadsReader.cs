using System.Numerics.Tensors;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>What heads read in the states of a text: the most likely intent, and the best path of tags (Viterbi).</summary>
internal sealed class HeadsReader(TaggerHeads heads)
{
    /// <param name="states">[tokens, width] of one text without padding.</param>
    public float[] IntentLogits(ReadOnlySpan<float> states)
    {
        var width = heads.IntentWeights.Length / heads.Intents.Count;
        var mean = new float[width];
        for (var from = 0; from < states.Length; from += width)
        {
            TensorPrimitives.Add(mean, states.Slice(from, width), mean);
        }

        TensorPrimitives.Divide(mean, states.Length / width, mean);
        return Scores(heads.IntentWeights, heads.IntentBias, mean);
    }

    /// <param name="firstPieces">Token of each word's first piece.</param>
    /// <returns>[word][tag].</returns>
    public float[][] Emissions(ReadOnlySpan<float> states, IReadOnlyList<int> firstPieces)
    {
        var width = heads.TagWeights.Length / Math.Max(1, heads.Tags.Count);
        var emissions = new float[firstPieces.Count][];
        for (var word = 0; word < emissions.Length; word++)
        {
            emissions[word] = Scores(heads.TagWeights, heads.TagBias, states.Slice(firstPieces[word] * width, width));
        }

        return emissions;
    }

    /// <returns>One for each word.</returns>
    /// <exception cref="InvalidOperationException">The heads have no transitions.</exception>
    public IReadOnlyList<string> BestTags(float[][] emissions)
    {
        if (emissions.Length == 0 || heads.Tags.Count == 0)
        {
            return [];
        }

        var (starts, transitions) = (heads.Starts, heads.Transitions) is ({ } first, { } moves) ? (first, moves) : throw new InvalidOperationException("The heads have no transitions.");
        var tags = heads.Tags.Count;
        var best = new float[tags];
        TensorPrimitives.Add(starts, emissions[0], best);
        var back = new int[emissions.Length][];
        for (var word = 1; word < emissions.Length; word++)
        {
            var next = new float[tags];
            back[word] = new int[tags];
            for (var to = 0; to < tags; to++)
            {
                var from = 0;
                for (var other = 1; other < tags; other++)
                {
                    from = best[other] + transitions[(other * tags) + to] > best[from] + transitions[(from * tags) + to] ? other : from;
                }

                back[word][to] = from;
                next[to] = best[from] + transitions[(from * tags) + to] + emissions[word][to];
            }

            best = next;
        }

        var path = new string[emissions.Length];
        var tag = TensorPrimitives.IndexOfMax<float>(best);
        for (var word = path.Length - 1; word >= 0; word--)
        {
            path[word] = heads.Tags[tag];
            tag = word > 0 ? back[word][tag] : tag;
        }

        return path;
    }

    private static float[] Scores(float[] weights, float[] bias, ReadOnlySpan<float> features)
    {
        var scores = new float[bias.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = TensorPrimitives.Dot(weights.AsSpan(row * features.Length, features.Length), features) + bias[row];
        }

        return scores;
    }
}
