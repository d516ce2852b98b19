using System.Globalization;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>From a base folder and a set to a new model folder.</summary>
internal sealed class FineTuningRun(TextWriter output, TimeProvider clock)
{
    /// <returns>Exit code.</returns>
    /// <exception cref="ModelException">The base cannot be used.</exception>
    /// <exception cref="Extraction.LabelledSetException">The set cannot be used.</exception>
    /// <exception cref="FineTuningException">The folder to write is in use, or libtorch cannot be loaded.</exception>
    public async Task<int> RunAsync(FineTuningRequest request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var folder = new TrainedFolder(request.Base, request.Out);
        var plan = request.Plan;
        Torch.Start(request.Threads, plan.Seed);
        using var tagger = new OnnxTokenTagger(folder.Base);
        var (training, dev) = (Messages.Read(request.Data, "train", tagger), Messages.Read(request.Data, "dev", tagger));
        var labels = LabelNames.Of(training);
        var network = new TaggerNetwork(new TorchEncoder(folder.ReadBase(), trained: null, plan.Rank), labels);
        var batching = new Batching(labels, tagger);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{training.Count} messages to train on, {dev.Count} to choose by, {labels.Intents.Count} intents, {labels.Tags.Count} tags, {network.Trained.Sum(weight => weight.numel()):n0} weights are trained"));

        var epochs = new Trainer(network, batching, plan, clock, output).Train(training, dev, () => folder.Write(network.Encoder.Merged(), network.Heads(temperature: 1), request.KeepFloat), cancellationToken);
        var trained = Reading.Of(network.Heads(temperature: 1), dev, StateReader.Read(network.Encoder, batching, dev));
        var heads = network.Heads(Calibration.Temperature(trained.IntentLogits, [.. dev.Select(example => labels.Intents.ToList().IndexOf(example.Intent))]));
        folder.Write(network.Encoder.Merged(), heads, request.KeepFloat);

        var written = Reading.Of(heads, dev, await StateReader.ReadAsync(folder.Written, tagger, dev, cancellationToken));
        var cost = QuantizationCost.Of(trained, written);
        var report = new TrainingReport(
            Path.GetFullPath(request.Data), training.Count, plan, request.Threads, Environment.ProcessorCount, clock.GetElapsedTime(started).TotalSeconds, epochs, heads.Temperature, trained.Scores, written.Scores, cost);
        folder.Write(report);
        await output.WriteLineAsync(cost.Describe(trained.Scores, written.Scores, "dev"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"written to {request.Out} in {clock.GetElapsedTime(started).TotalMinutes:f1} min"));
        return 0;
    }
}
