using CopilotBot.Extraction;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>Scores a trained folder: the int8 file, and the float32 network where its weights are beside it.</summary>
internal sealed class EvaluationRun(TextWriter output)
{
    /// <returns>Exit code.</returns>
    /// <exception cref="ModelException">The folder cannot be used.</exception>
    /// <exception cref="LabelledSetException">The set cannot be used.</exception>
    /// <exception cref="FineTuningException">The folder has no heads, or libtorch cannot be loaded.</exception>
    public async Task<int> RunAsync(string folder, string data, string split, int threads, CancellationToken cancellationToken)
    {
        var model = ModelEntry.InFolder(folder, ModelRole.Tagger);
        var heads = TaggerHeads.Load(model) ?? throw new FineTuningException($"The folder '{folder}' has no {TaggerHeads.FileName}: name a folder that training wrote.");
        using var tagger = new OnnxTokenTagger(model);
        var examples = Example.Of(LabelledSet.Read(data, split), tagger);
        var written = Reading.Of(heads, examples, await StateReader.ReadAsync(model, examples, cancellationToken));
        var weights = Path.Combine(folder, FloatWeights.FileName);
        if (!File.Exists(weights))
        {
            await output.WriteLineAsync($"{split}, {examples.Count} messages, int8: intent accuracy, slot F1, all right {QuantizationCost.Describe(written.Figures)}");
            return 0;
        }

        Torch.Start(threads, seed: 0);
        var encoder = new TorchEncoder(OnnxWeights.Read(model.Read(ModelEntry.Network)), FloatWeights.Read(weights));
        var batching = new Batching(new LabelNames(heads.Intents, heads.Tags), tagger);
        var trained = Reading.Of(heads, examples, StateReader.Read(encoder, batching, examples));
        await output.WriteLineAsync(QuantizationCost.Of(trained, written).Describe(trained.Figures, written.Figures, split));
        return 0;
    }
}
