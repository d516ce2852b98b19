using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>
/// Linear-chain CRF over BIO tags: score of a path = start + emissions + transitions (Lafferty, McCallum, Pereira 2001). Paths that BIO does not allow have a score
/// too low to count.
/// </summary>
internal sealed class TagChain
{
    private const float Forbidden = -10_000;

    private readonly Tensor _startRules;

    private readonly Tensor _transitionRules;

    public TagChain(IReadOnlyList<string> tags)
    {
        var inside = tags.Select(tag => tag.StartsWith("I-", StringComparison.Ordinal) ? tag[2..] : null).ToList();
        var rules = new float[tags.Count * tags.Count];
        for (var i = 0; i < rules.Length; i++)
        {
            var (from, slot) = (tags[i / tags.Count], inside[i % tags.Count]);
            rules[i] = slot is null || from == "B-" + slot || from == "I-" + slot ? 0 : Forbidden;
        }

        _transitionRules = tensor(rules, [tags.Count, tags.Count]);
        _startRules = tensor(inside.Select(slot => slot is null ? 0 : Forbidden).ToArray(), [tags.Count]);
        Transitions = new Parameter(zeros(tags.Count, tags.Count));
        Starts = new Parameter(zeros(tags.Count));
    }

    /// <summary>[from, to]; without the rules.</summary>
    public Parameter Transitions { get; }

    public Parameter Starts { get; }

    public Tensor RuledTransitions => Transitions + _transitionRules;

    public Tensor RuledStarts => Starts + _startRules;

    /// <param name="emissions">[texts, words, tags].</param>
    /// <param name="tags">[texts, words], int64; 0 behind a text's end.</param>
    /// <param name="mask">[texts, words], true for a word; each text has one at least.</param>
    /// <returns>Natural logarithm of the probability of the tags, [texts].</returns>
    public Tensor LogLikelihood(Tensor emissions, Tensor tags, Tensor mask)
    {
        var (starts, transitions) = (RuledStarts, RuledTransitions);
        return PathScore(emissions, tags, mask, starts, transitions) - LogPartition(emissions, mask, starts, transitions);
    }

    private static Tensor PathScore(Tensor emissions, Tensor tags, Tensor mask, Tensor starts, Tensor transitions)
    {
        var words = emissions.shape[1];
        var weights = mask.to(float32);
        var score = starts.index_select(0, tags.select(1, 0)) + (emissions.gather(2, tags.unsqueeze(2)).squeeze(2) * weights).sum(1);
        if (words == 1)
        {
            return score;
        }

        var steps = (tags.narrow(1, 0, words - 1) * emissions.shape[2]) + tags.narrow(1, 1, words - 1);
        var moves = transitions.reshape(-1).index_select(0, steps.reshape(-1)).view(steps.shape);
        return score + (moves * weights.narrow(1, 1, words - 1)).sum(1);
    }

    /// <summary>The forward algorithm.</summary>
    private static Tensor LogPartition(Tensor emissions, Tensor mask, Tensor starts, Tensor transitions)
    {
        var scores = starts + emissions.select(1, 0);
        for (var word = 1; word < emissions.shape[1]; word++)
        {
            var next = (scores.unsqueeze(2) + transitions).logsumexp(1) + emissions.select(1, word);
            scores = where(mask.select(1, word).unsqueeze(1), next, scores);
        }

        return scores.logsumexp(1);
    }
}
