using Microsoft.ML.OnnxRuntime;

namespace CopilotBot.Inference;

/// <summary>What trained heads read in the network's token_states.</summary>
internal sealed class HeadOutputs(TaggerHeads heads, ModelEntry model) : TaggerOutputs(heads.Intents, heads.Tags, [StateOutput])
{
    public const string StateOutput = "token_states";

    private readonly BioDecoder _decoder = new(heads.Tags, heads.Transitions, heads.Starts);

    private readonly LinearChain? _chain = heads is { Transitions: { } transitions, Starts: { } starts } ? new LinearChain(heads.Tags, transitions, starts) : null;

    public override double? OutOfScopeThreshold => heads.OutOfScopeThreshold;

    public override TaggerReading Read(TokenizedText text, IReadOnlyList<OrtValue> results)
    {
        var states = text.ReadStates(results[0].GetTensorDataAsSpan<float>());
        heads.CheckFits(states.First.Length, model);
        return Read(states);
    }

    /// <summary>The tags' values are normalised word by word, which changes no sequence's rank.</summary>
    public TaggerReading Read(TokenStates states) => new(
        states.TokenIds,
        states.Words,
        LogSoftmax(heads.ScoreIntents(states), heads.Temperature),
        heads.Tags.Count == 0 ? [.. states.Words.Select(_ => Array.Empty<double>())] : [.. heads.ScoreTags(states).Select(scores => LogSoftmax(scores))]);

    public override (int[] Path, double[] Probabilities) Decode(TaggerReading reading)
    {
        if (heads.Tags.Count == 0)
        {
            return ([], []);
        }

        var path = _decoder.Decode(reading.TagLogProbabilities);
        var marginals = _chain?.Marginals(reading.TagLogProbabilities);
        return (path, [.. path.Select((tag, word) => marginals is null ? Math.Exp(reading.TagLogProbabilities[word][tag]) : Math.Min(1, marginals[word][tag]))]);
    }
}
