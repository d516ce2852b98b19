namespace CopilotBot.Extraction.Training;

/// <summary>Fits what turns scores of intents into probabilities and a decision, on messages that were not trained on.</summary>
internal static class Calibration
{
    private const double MinimumTemperature = 0.2;

    private const double MaximumTemperature = 5;

    private const int Steps = 40;

    /// <summary>Of a hundred messages out of scope it is known to 3 points: 0.80 elsewhere is 2.5 of those away.</summary>
    private const double WantedRecall = 0.88;

    private static readonly double[] Widenings = [1, 1.5, 2, 3];

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

    /// <summary>
    /// The line between in and out of scope, and the temperature to compare at: of those where the wanted part of what is out of scope lies below the line, the
    /// ones with the best accuracy in scope, where a message below the line counts as wrong. A temperature above the calibrated one separates better (Liang et al. 2018).
    /// </summary>
    /// <returns>Null when one of the two kinds is missing.</returns>
    public static ScopeLine? FindScopeLine(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, double temperature) =>
        labels.All(label => label >= 0) || labels.All(label => label < 0) ? null : Widenings.Select(factor => LineAt(scores, labels, factor * temperature)).MaxBy(line => line.Accuracy);

    private static ScopeLine LineAt(IReadOnlyList<float[]> scores, IReadOnlyList<int> labels, double temperature)
    {
        var sure = scores.Select(score => Probability(score, Array.IndexOf(score, score.Max()), temperature)).ToList();
        var outside = sure.Where((_, message) => labels[message] < 0).Order().ToList();
        var threshold = Math.BitIncrement(outside[(int)Math.Ceiling(WantedRecall * outside.Count) - 1]);
        var kept = scores.Where((score, message) => labels[message] >= 0 && sure[message] >= threshold && Array.IndexOf(score, score.Max()) == labels[message]).Count();
        return new ScopeLine(threshold, temperature, (double)kept / (labels.Count - outside.Count));
    }

    private static double Probability(float[] scores, int intent, double temperature) => 1 / scores.Sum(score => Math.Exp((score - scores[intent]) / temperature));
}

/// <param name="Accuracy">Of the messages in scope it was chosen on.</param>
internal sealed record ScopeLine(double Threshold, double Temperature, double Accuracy);
