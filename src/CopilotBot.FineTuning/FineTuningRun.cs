using System.Globalization;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;

namespace CopilotBot.FineTuning;

/// <summary>From a base folder and a set to a new model folder.</summary>
internal sealed class FineTuningRun(TextWriter output, TimeProvider clock)
{
    /// <summary>Held back where the file has no dev part.</summary>
    private const double DevShare = 0.1;

    /// <returns>Exit code.</returns>
    /// <exception cref="ModelException">The base cannot be used.</exception>
    /// <exception cref="Extraction.LabelledSetException">The set cannot be used.</exception>
    /// <exception cref="FineTuningException">The folder to write is in use, or libtorch cannot be loaded.</exception>
    public async Task<int> RunAsync(FineTuningRequest request, CancellationToken cancellationToken)
    {
        var (started, plan) = (clock.GetTimestamp(), request.Plan);
        var folder = new TrainedFolder(request.Base, request.Out);
        var set = TrainingSet.Read(request.Data, DevShare, plan.Seed);
        using var tagger = new OnnxTokenTagger(folder.Base);
        var (training, dev) = (Example.Of([.. set.Train.Where(message => !message.IsOutOfScope)], tagger), Example.Of(set.Dev, tagger));
        Torch.Start(request.Threads, plan.Seed);
        var network = new TaggerNetwork(new TorchEncoder(folder.ReadBase(), trained: null, plan.Rank), new LabelNames(set.Intents, set.Tags));
        var batching = new Batching(new LabelNames(set.Intents, set.Tags), tagger);
        network.Encoder.TrainsInBfloat16 = Torch.WantsBfloat16(plan.Precision, clock);
        var precision = network.Encoder.TrainsInBfloat16 ? "bfloat16" : "float32";
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{training.Count} messages to train on, {dev.Count} to choose by, {set.Intents.Count} intents, {set.Tags.Count} tags, {network.Trained.Sum(weight => weight.numel()):n0} weights are trained, products in {precision}"));

        var epochs = new Trainer(network, batching, plan, clock, output).Train(training, dev, () => folder.Write(network.Encoder.Merged(), network.Heads(), request.KeepFloat), cancellationToken);
        var states = StateReader.Read(network.Encoder, batching, dev);
        var heads = Calibrate(network.Heads(), dev, states);
        folder.Write(network.Encoder.Merged(), heads, request.KeepFloat);

        var (trained, written) = (Reading.Of(heads, dev, states), Reading.Of(heads, dev, await StateReader.ReadAsync(folder.Written, dev, cancellationToken)));
        var cost = QuantizationCost.Of(trained, written);
        folder.Write(new TuningReport(
            Path.GetFullPath(request.Data), training.Count, plan, precision, request.Threads, Environment.ProcessorCount, clock.GetElapsedTime(started).TotalSeconds, epochs, heads.Temperature, trained.Figures, written.Figures, cost));
        await output.WriteLineAsync(cost.Describe(trained.Figures, written.Figures, "dev"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"written to {request.Out} in {clock.GetElapsedTime(started).TotalMinutes:f1} min"));
        return 0;
    }

    /// <summary>Temperature and, where the set has messages out of scope, the threshold.</summary>
    private static TaggerHeads Calibrate(TaggerHeads heads, IReadOnlyList<Example> dev, IReadOnlyList<TokenStates> states)
    {
        var intents = heads.Intents.ToList();
        var known = Enumerable.Range(0, dev.Count).Where(i => dev[i].Message.IsOutOfScope || intents.Contains(dev[i].Message.Intent)).ToList();
        var labels = known.Select(i => dev[i].Message.IsOutOfScope ? -1 : intents.IndexOf(dev[i].Message.Intent)).ToList();
        var scores = known.Select(i => heads.ScoreIntents(states[i])).ToList();
        if (labels.All(label => label < 0))
        {
            return heads;
        }

        var temperature = Calibration.FindTemperature(scores, labels);
        var scope = Calibration.FindScopeLine(scores, labels, temperature);
        return heads with { Temperature = temperature, OutOfScopeThreshold = scope?.Threshold, OutOfScopeTemperature = scope?.Temperature };
    }
}
