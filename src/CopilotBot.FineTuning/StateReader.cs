using CopilotBot.Inference;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Token states of texts, in their order.</summary>
internal static class StateReader
{
    private const int Texts = 32;

    public static IReadOnlyList<TokenStates> Read(TorchEncoder encoder, Batching batching, IReadOnlyList<Example> examples)
    {
        using var _ = no_grad();
        var states = new TokenStates[examples.Count];
        foreach (var places in Enumerable.Range(0, examples.Count).OrderBy(i => examples[i].Labelled.Length).Chunk(Texts))
        {
            using var scope = NewDisposeScope();
            var batch = batching.ToTensors([.. places.Select(i => examples[i].Labelled)]);
            var padded = encoder.Forward(batch.Ids, batch.Mask, training: false);
            for (var text = 0; text < places.Length; text++)
            {
                var example = examples[places[text]];
                states[places[text]] = example.Tokens.ReadStates(padded[text].narrow(0, 0, example.Labelled.Length).contiguous().data<float>().ToArray());
            }
        }

        return states;
    }

    /// <summary>One text a run, as the bot runs it: the scales of dynamic quantisation depend on what runs together.</summary>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public static async Task<IReadOnlyList<TokenStates>> ReadAsync(ModelEntry model, IReadOnlyList<Example> examples, CancellationToken cancellationToken)
    {
        using var tagger = new OnnxTokenTagger(model, parallelRuns: 1);
        List<TokenStates> states = [];
        foreach (var example in examples)
        {
            states.Add(await tagger.GetStatesAsync(example.Message.Text, cancellationToken));
        }

        return states;
    }
}
