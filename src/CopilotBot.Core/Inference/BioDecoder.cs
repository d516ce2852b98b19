namespace CopilotBot.Inference;

/// <summary>The best sequence of BIO tags: I-x only behind B-x or I-x. Viterbi over the scores of the words and, where there are some, of the transitions.</summary>
internal sealed class BioDecoder
{
    private readonly int _tags;

    /// <summary>[to][from]; minus infinity where it may not be.</summary>
    private readonly double[][] _transitions;

    private readonly double[] _starts;

    /// <param name="transitions">[from, to], row by row; null for none.</param>
    /// <param name="starts">[tags]; null for none.</param>
    public BioDecoder(IReadOnlyList<string> tags, float[]? transitions = null, float[]? starts = null)
    {
        _tags = tags.Count;
        _starts = [.. tags.Select((to, tag) => BioRules.Allows(null, to) ? starts?[tag] ?? 0d : double.NegativeInfinity)];
        _transitions =
        [
            .. tags.Select((to, column) => tags.Select((from, row) => BioRules.Allows(from, to) ? transitions?[(row * tags.Count) + column] ?? 0d : double.NegativeInfinity).ToArray()),
        ];
    }

    /// <param name="scores">[word][tag]: natural logarithms, up to a constant for each word.</param>
    /// <returns>Index of a tag for each word.</returns>
    public int[] Decode(IReadOnlyList<double[]> scores)
    {
        if (scores.Count == 0)
        {
            return [];
        }

        var best = _starts.Zip(scores[0], (start, score) => start + score).ToArray();
        var back = new int[scores.Count][];
        for (var word = 1; word < scores.Count; word++)
        {
            (best, back[word]) = Step(best, scores[word]);
        }

        var path = new int[scores.Count];
        path[^1] = Array.IndexOf(best, best.Max());
        for (var word = path.Length - 1; word > 0; word--)
        {
            path[word - 1] = back[word][path[word]];
        }

        return path;
    }

    private (double[] Best, int[] From) Step(double[] before, double[] scores)
    {
        var (best, from) = (new double[_tags], new int[_tags]);
        for (var tag = 0; tag < _tags; tag++)
        {
            best[tag] = double.NegativeInfinity;
            for (var previous = 0; previous < _tags; previous++)
            {
                if (before[previous] + _transitions[tag][previous] is var score && score > best[tag])
                {
                    (best[tag], from[tag]) = (score, previous);
                }
            }

            best[tag] += scores[tag];
        }

        return (best, from);
    }
}
