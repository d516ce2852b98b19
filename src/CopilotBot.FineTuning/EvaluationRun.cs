using System.Globalization;
using System.Text.Json;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>Scores a trained folder: the int8 file, and the float32 network where its weights are beside it.</summary>
internal sealed class EvaluationRun(TextWriter output)
{
    /// <returns>Exit code.</returns>
    /// <exception cref="ModelException">The folder cannot be used.</exception>
    /// <exception cref="Extraction.LabelledSetException">The set cannot be used.</exception>
    /// <exception cref="FineTuningException">The folder has no heads, or libtorch cannot be loaded.</exception>
    public async Task<int> RunAsync(string folder, string data, string split, int threads, CancellationToken cancellationToken)
    {
        var model = ModelEntry.InFolder(folder, ModelRole.Tagger);
        var heads = ReadHeads(Path.Combine(folder, TaggerHeads.FileName));
        using var tagger = new OnnxTokenTagger(model);
        var examples = Messages.Read(data, split, tagger);
        var written = Reading.Of(heads, examples, await StateReader.ReadAsync(model, tagger, examples, cancellationToken));
        var weights = Path.Combine(folder, FloatWeights.FileName);
        if (!File.Exists(weights))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{split}, {written.Scores.Messages} messages, int8: intent accuracy {written.Scores.IntentAccuracy:p2}, slot F1 {written.Scores.SlotF1:p2}, all right {written.Scores.Exact:p2}"));
            return 0;
        }

        Torch.Start(threads, seed: 0);
        var encoder = new TorchEncoder(OnnxWeights.Read(model.Read(ModelEntry.Network)), FloatWeights.Read(weights));
        var batching = new Batching(new LabelNames(heads.Intents, heads.Tags), tagger);
        var trained = Reading.Of(heads, examples, StateReader.Read(encoder, batching, examples));
        await output.WriteLineAsync(QuantizationCost.Of(trained, written).Describe(trained.Scores, written.Scores, split));
        return 0;
    }

    private static TaggerHeads ReadHeads(string path)
    {
        try
        {
            return TaggerHeads.Read(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new FineTuningException($"The heads '{path}' cannot be read: name a folder that training wrote.", exception);
        }
    }
}
