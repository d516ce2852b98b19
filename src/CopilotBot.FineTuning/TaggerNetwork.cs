using CopilotBot.Inference;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Encoder, intent head over the mean of all tokens' states, and CRF over the states of the words' first pieces.</summary>
internal sealed class TaggerNetwork
{
    private const double Dropout = 0.1;

    private readonly LabelNames _labels;

    private readonly Parameter _intentWeights;

    private readonly Parameter _intentBias;

    private readonly Parameter _tagWeights;

    private readonly Parameter _tagBias;

    private readonly TagChain _chain;

    public TaggerNetwork(TorchEncoder encoder, LabelNames labels)
    {
        _labels = labels;
        Encoder = encoder;
        _intentWeights = new Parameter(randn(labels.Intents.Count, encoder.Width) * 0.02);
        _intentBias = new Parameter(zeros(labels.Intents.Count));
        _tagWeights = new Parameter(randn(labels.Tags.Count, encoder.Width) * 0.02);
        _tagBias = new Parameter(zeros(labels.Tags.Count));
        _chain = new TagChain(labels.Tags);
    }

    public TorchEncoder Encoder { get; }

    public IReadOnlyList<Parameter> HeadParameters => [_intentWeights, _intentBias, _tagWeights, _tagBias, _chain.Transitions, _chain.Starts];

    public IEnumerable<Parameter> Trained => Encoder.Trained.Select(trained => trained.Parameter).Concat(HeadParameters);

    /// <returns>Mean over the messages of -log p(intent) - log p(tags).</returns>
    public Tensor Loss(ExampleBatch batch)
    {
        var states = nn.functional.dropout(Encoder.Forward(batch.Ids, batch.Mask, training: true), Dropout);
        var loss = nn.functional.cross_entropy(IntentLogits(states, batch), batch.Intents);
        return _labels.Tags.Count == 0 ? loss : loss - _chain.LogLikelihood(Emissions(states, batch), batch.Tags, batch.WordMask).mean();
    }

    /// <summary>Not calibrated yet.</summary>
    public TaggerHeads Heads()
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return new TaggerHeads(
            _labels.Intents,
            _labels.Tags,
            TaggerHeads.PoolMean,
            Values(_intentWeights),
            Values(_intentBias),
            Values(_tagWeights),
            Values(_tagBias),
            Values(_chain.RuledTransitions),
            Values(_chain.RuledStarts),
            Temperature: 1,
            OutOfScopeThreshold: null);
    }

    private Tensor IntentLogits(Tensor states, ExampleBatch batch)
    {
        var pooled = batch.Mask is null ? states.mean([1]) : (states * batch.Mask.unsqueeze(2)).sum(1) / batch.Mask.sum(1, keepdim: true);
        return _intentBias.addmm(pooled, _intentWeights.t());
    }

    private Tensor Emissions(Tensor states, ExampleBatch batch)
    {
        var (texts, tokens, words) = (states.shape[0], states.shape[1], batch.FirstPieces.shape[1]);
        var rows = batch.FirstPieces + (arange(texts, dtype: int64) * tokens).unsqueeze(1);
        var features = states.reshape(-1, Encoder.Width).index_select(0, rows.reshape(-1));
        return _tagBias.addmm(features, _tagWeights.t()).view(texts, words, _labels.Tags.Count);
    }

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();
}
