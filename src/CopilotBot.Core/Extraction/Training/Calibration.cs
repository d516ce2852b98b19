namespace CopilotBot.Extraction.Training;

/// <summary>Fits what turns scores of intents into probabilities and a decision, on messages that were not trained on.</summary>
internal static class Calibration
{
    private const double MinimumTemperature = 0.2;

    private const double MaximumTemperature = 5;

    private const int Steps = 40;

    /// <summary>Temperature of the least negative log-likelihood of the messages in scope (Guo et al. 2017), by golden-section search: the function has one valley.</summary>
    /// <param name="scores">[message][intent].</param>
    /// <param name="labels">Index of an intent; -1 out of scope.</param>
    public static double FindTemperature(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(MinimumTemperature), Math.Log(MaximumTemperature));
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
            (low, high) = Loss(scores, labels, Math.Exp(left)) <= Loss(scores, labels, Math.Exp(right)) ? (low, right) : (left, high);
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Mean negative log-likelihood of the messages in scope.</summary>
    public static double Loss(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, double temperature) =>
        scores.Zip(labels).Where(pair => pair.Second >= 0).Average(pair => -Math.Log(Math.Max(Probability(pair.First, pair.Second, temperature), double.Epsilon)));

    /// <summary>The line between in and out of scope: the mean of accuracy in scope, where what lies below the line counts as wrong, and of recall out of scope is best there.</summary>
    /// <returns>Null when one of the two kinds is missing.</returns>
    public static double? FindThreshold(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, double temperature)
    {
        var (inside, outside) = (labels.Count(label => label >= 0), labels.Count(label => label < 0));
        if (inside == 0 || outside == 0)
        {
            return null;
        }

        var sorted = scores.Zip(labels, (score, label) => (Best: Array.IndexOf(score, score.Max()), Label: label, Score: score))
            .Select(message => (Probability: Probability(message.Score, message.Best, temperature), message.Label, IsRight: message.Best == message.Label))
            .OrderBy(message => message.Probability)
            .ToList();
        var accuracy = (double)sorted.Count(message => message.IsRight) / inside;
        var (recall, best, threshold) = (0d, accuracy / 2, 0d);
        for (var i = 0; i + 1 < sorted.Count; i++)
        {
            recall += sorted[i].Label < 0 ? 1d / outside : 0;
            accuracy -= sorted[i].IsRight ? 1d / inside : 0;
            if ((accuracy + recall) / 2 > best)
            {
                (best, threshold) = ((accuracy + recall) / 2, (sorted[i].Probability + sorted[i + 1].Probability) / 2);
            }
        }

        return threshold;
    }

    private static double Probability(float[] scores, int intent, double temperature) => 1 / scores.Sum(score => Math.Exp((score - scores[intent]) / temperature));
}
