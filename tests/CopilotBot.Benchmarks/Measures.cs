using System.Globalization;

namespace CopilotBot.Benchmarks;

/// <summary>Percentiles and table cells.</summary>
internal static class Measures
{
    /// <summary>Nearest rank: the smallest value that so large a share of all does not exceed.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }

    public static string Number(double value, int digits = 1) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
