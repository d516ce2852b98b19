namespace CopilotBot.Inference;

/// <summary>The best sequence of BIO tags: I-x only behind B-x or I-x. Viterbi over the log-probabilities of the words.</summary>
internal sealed class BioDecoder
{
    private readonly IReadOnlyList<string> _tags;

    /// <summary>[from, to]; the row behind the last tag is the start.</summary>
    private readonly bool[,] _allowed;

    public BioDecoder(IReadOnlyList<string> tags)
    {
        _tags = tags;
        _allowed = new bool[tags.Count + 1, tags.Count];
        for (var to = 0; to < tags.Count; to++)
        {
            var label = tags[to].StartsWith("I-", StringComparison.Ordinal) ? tags[to][2..] : null;
            for (var from = 0; from <= tags.Count; from++)
            {
                _allowed[from, to] = label is null || (from < tags.Count && (tags[from] == "B-" + label || tags[from] == "I-" + label));
            }
        }
    }

    /// <param name="logProbabilities">[word][tag], natural logarithms.</param>
    /// <returns>Index of a tag for each word.</returns>
    public int[] Decode(IReadOnlyList<double[]> logProbabilities)
    {
        if (logProbabilities.Count == 0)
        {
            return [];
        }

        var best = new double[_tags.Count];
        var back = new int[logProbabilities.Count, _tags.Count];
        for (var tag = 0; tag < _tags.Count; tag++)
        {
            best[tag] = _allowed[_tags.Count, tag] ? logProbabilities[0][tag] : double.NegativeInfinity;
        }

        for (var word = 1; word < logProbabilities.Count; word++)
        {
            var next = new double[_tags.Count];
            for (var tag = 0; tag < _tags.Count; tag++)
            {
                var from = Enumerable.Range(0, _tags.Count).Where(previous => _allowed[previous, tag]).MaxBy(previous => best[previous]);
                back[word, tag] = from;
                next[tag] = best[from] + logProbabilities[word][tag];
            }

            best = next;
        }

        var path = new int[logProbabilities.Count];
        path[^1] = Array.IndexOf(best, best.Max());
        for (var word = path.Length - 1; word > 0; word--)
        {
            path[word - 1] = back[word, path[word]];
        }

        return path;
    }
}
