using System.Globalization;
using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Trains new heads over the states of a tagger's network, which stays as it is.</summary>
internal sealed class HeadTraining(TimeProvider time)
{
    /// <summary>Of the training messages, held back where a file has no dev part.</summary>
    public const double DefaultDevShare = 0.1;

    /// <param name="path">File of labelled messages.</param>
    /// <param name="report">Gets a line now and then, from several threads.</param>
    /// <exception cref="LabelledSetException">The file cannot be used.</exception>
    /// <exception cref="ModelException">The base cannot be used, or the folder not written.</exception>
    public async Task<TrainingReport> RunAsync(ModelEntry network, string path, string folder, double devShare, int seed, Action<string> report, CancellationToken cancellationToken)
    {
        var set = TrainingSet.Read(path, devShare, seed);
        report(string.Create(CultureInfo.InvariantCulture, $"{set.Train.Count} messages to train on, {set.Dev.Count} to stop by, {set.Test.Count} to test; {set.Intents.Count} intents, {set.Tags.Count} tags"));
        var (train, dev, stateSeconds) = await EncodeAsync(network, set, report, cancellationToken);
        var (intents, intentSeconds) = await TimeAsync(() => new IntentTrainer(set, train, dev, seed, report).Run(cancellationToken), cancellationToken);
        var (tags, tagSeconds) = await TimeAsync(() => set.Tags.Count == 0 ? null : new TagTrainer(set, train, dev, seed, report).Run(cancellationToken), cancellationToken);
        using var trained = new OnnxTokenTagger(TaggerFolder.Write(folder, network, Join(set, intents, tags)), Environment.ProcessorCount);
        var result = new TrainingReport(
            network.Name,
            NameOf(path),
            seed,
            new TrainingSizes(set.Train.Count, set.Dev.Count, set.Test.Count, set.Intents.Count, set.Tags.Count),
            intents.Pooling,
            intents.L2,
            tags?.Context,
            tags?.L2,
            new TrainingEpochs(intents.Epochs, tags?.Epochs ?? 0),
            intents.Temperature,
            intents.Threshold,
            new TrainingSeconds(stateSeconds, intentSeconds, tagSeconds),
            await TaggerScoring.ScoreAsync(trained, set.Dev, cancellationToken),
            set.Test.Count == 0 ? null : await TaggerScoring.ScoreAsync(trained, set.Test, cancellationToken));
        TaggerFolder.WriteReport(folder, result);
        return result;
    }

    private static TaggerHeads Join(TrainingSet set, IntentHead intents, TagHead? tags) => new(
        set.Intents,
        set.Tags,
        intents.Pooling,
        intents.Weights,
        intents.Bias,
        tags?.Weights ?? [],
        tags?.Bias ?? [],
        tags?.Transitions,
        tags?.Starts,
        intents.Temperature,
        intents.Threshold,
        tags?.Context ?? TaggerHeads.OwnState);

    /// <summary>"tickets-messages" of .../tickets-messages/data.jsonl, else the file's own name.</summary>
    private static string NameOf(string path) => Path.GetFileName(path) == "data.jsonl" ? Path.GetFileName(Path.GetDirectoryName(path)) ?? path : Path.GetFileName(path);

    private async Task<(IReadOnlyList<EncodedMessage> Train, IReadOnlyList<EncodedMessage> Dev, double Seconds)> EncodeAsync(
        ModelEntry network, TrainingSet set, Action<string> report, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var tagger = new OnnxTokenTagger(network, Environment.ProcessorCount);
        var train = await MessageEncoder.EncodeAsync(tagger, set.Train, report, cancellationToken);
        var dev = await MessageEncoder.EncodeAsync(tagger, set.Dev, report, cancellationToken);
        return (train, dev, time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task<(T Result, double Seconds)> TimeAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = await Task.Run(work, cancellationToken);
        return (result, time.GetElapsedTime(started).TotalSeconds);
    }
}
