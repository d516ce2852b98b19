using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Trains the intents once for each pooling and strength of the penalty, and keeps the best on the dev part.</summary>
internal sealed class IntentTrainer(TrainingSet set, IReadOnlyList<EncodedMessage> train, IReadOnlyList<EncodedMessage> dev, int seed, Action<string> report)
{
    /// <summary>A class with a fourth of the mean's messages weighs twice as much.</summary>
    private const double ClassWeightPower = 0.5;

    private const double LikelihoodShare = 0.01;

    private static readonly FitSettings Fit = new(Rate: 0.002, Decay: 0.9, L2: 0, Batch: 64, Epochs: 25, Patience: 5, Seed: 0);

    private static readonly double[] Penalties = [1e-4, 1e-3];

    private readonly int[] _labels = [.. train.Select(message => LabelOf(set, message))];

    private readonly int[] _devLabels = [.. dev.Select(message => LabelOf(set, message))];

    public IntentHead Run(CancellationToken cancellationToken)
    {
        var heads = new[] { TaggerHeads.PoolFirst, TaggerHeads.PoolMean, TaggerHeads.PoolBoth }
            .SelectMany(pooling => Penalties.Select(l2 => Train(pooling, l2, cancellationToken)));
        return heads.MaxBy(head => head.Score)!; // there is one at least
    }

    private static int LabelOf(TrainingSet set, EncodedMessage message) => message.Message.IsOutOfScope ? -1 : set.Intents.ToList().IndexOf(message.Message.Intent);

    private IntentHead Train(string pooling, double l2, CancellationToken cancellationToken)
    {
        var objective = new IntentObjective(set.Intents.Count, [.. train.Select(message => message.Pooled(pooling))], _labels, WeighMessages());
        var fitting = new Fitting(objective.Parameters, objective.Regularised, Fit with { L2 = l2, Seed = seed }, objective.AddGradient);
        var (score, epochs) = fitting.Run(train.Count, () => ScoreOf(objective, pooling), (_, _, _) => { }, cancellationToken);
        var scores = dev.Select(message => objective.Score(message.Pooled(pooling))).ToList();
        var temperature = Calibration.FindTemperature(scores, _devLabels);
        report(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"intents, pooling {pooling}, penalty {l2}: dev {score:0.0000} after {epochs} epochs"));
        return new IntentHead(pooling, l2, objective.Weights, objective.Bias, temperature, Calibration.FindThreshold(scores, _devLabels, temperature), score, epochs);
    }

    private double ScoreOf(IntentObjective objective, string pooling)
    {
        var scores = dev.Select(message => objective.Score(message.Pooled(pooling))).ToList();
        var right = scores.Zip(_devLabels).Count(message => message.Second >= 0 && Array.IndexOf(message.First, message.First.Max()) == message.Second);
        return ((double)right / _devLabels.Count(label => label >= 0)) - (LikelihoodShare * Calibration.Loss(scores, _devLabels, temperature: 1));
    }

    private float[] WeighMessages()
    {
        var counts = _labels.CountBy(label => label).ToDictionary();
        var mean = (double)_labels.Count(label => label >= 0) / set.Intents.Count;
        return [.. _labels.Select(label => label < 0 ? 1 : (float)Math.Pow(mean / counts[label], ClassWeightPower))];
    }
}
