using CopilotBot.Inference;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Token states of texts, [tokens, width] each, in their order.</summary>
internal static class StateReader
{
    private static readonly string[] Outputs = ["token_states"];

    private const int Texts = 32;

    public static IReadOnlyList<float[]> Read(TorchEncoder encoder, Batching batching, IReadOnlyList<Example> examples)
    {
        using var _ = no_grad();
        var states = new float[examples.Count][];
        foreach (var places in Enumerable.Range(0, examples.Count).OrderBy(i => examples[i].Length).Chunk(Texts))
        {
            using var scope = NewDisposeScope();
            var batch = batching.ToTensors([.. places.Select(i => examples[i])]);
            var padded = encoder.Forward(batch.Ids, batch.Mask, training: false);
            for (var text = 0; text < places.Length; text++)
            {
                states[places[text]] = padded[text].narrow(0, 0, examples[places[text]].Length).contiguous().data<float>().ToArray();
            }
        }

        return states;
    }

    /// <summary>One text a run, as the bot runs it: the scales of dynamic quantisation depend on what runs together.</summary>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    public static async Task<IReadOnlyList<float[]>> ReadAsync(ModelEntry model, OnnxTokenTagger tagger, IReadOnlyList<Example> examples, CancellationToken cancellationToken)
    {
        using var session = OnnxSession.Load(model, parallelRuns: 1);
        List<float[]> states = [];
        foreach (var example in examples)
        {
            using var input = new TokenBatch([tagger.Tokenize(example.Message.Text).Row]);
            await session.RunAsync(input.Inputs, Outputs, results => states.Add(results[0].GetTensorDataAsSpan<float>().ToArray()), cancellationToken);
        }

        return states;
    }
}
