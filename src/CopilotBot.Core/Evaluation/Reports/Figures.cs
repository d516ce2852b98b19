using System.Globalization;

namespace CopilotBot.Evaluation.Reports;

/// <summary>Numbers as the tables write them.</summary>
internal static class Figures
{
    /// <summary>".680"</summary>
    public static string Share(double value) => value.ToString(".000", CultureInfo.InvariantCulture);

    /// <summary>".680", or a dash where it is not defined.</summary>
    public static string Share(double? value) => value is { } share ? Share(share) : "–";

    /// <summary>".680 [.635, .721]"</summary>
    public static string Share(double? value, IReadOnlyDictionary<string, IReadOnlyList<double>> intervals, string measure) =>
        value is not null && intervals.TryGetValue(measure, out var ends) ? $"{Share(value)} [{Share(ends[0])}, {Share(ends[1])}]" : Share(value);

    /// <summary>"+.012"</summary>
    public static string Change(double now, double before) => (now - before).ToString("+.000;-.000;.000", CultureInfo.InvariantCulture);

    public static string Milliseconds(Latency latency) => string.Create(CultureInfo.InvariantCulture, $"{latency.P50:0} / {latency.P95:0}");

    public static string Words(double words) => words.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>p against the row before, which is the last that was compared with; empty for the first.</summary>
    public static string P(IReadOnlyDictionary<string, double> paired) =>
        paired.Count == 0 ? "" : paired.Values.Last() is var p && p < .001 ? "<.001" : Share(paired.Values.Last());
}
