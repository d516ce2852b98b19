using System.Globalization;

namespace CopilotBot.Evaluation.Reports;

/// <summary>Shares as bars, with their intervals as whiskers and a tick where the baseline stood.</summary>
internal static class BarPlot
{
    private const double Width = 380;

    private const double RowHeight = 22;

    private const double Right = 46;

    private const double Bottom = 20;

    private const double LetterWidth = 6.6;

    internal sealed record Row(string Label, double Value, IReadOnlyList<double>? Interval, double? Before);

    public static string Draw(string label, IReadOnlyList<Row> rows)
    {
        var left = LabelWidth(rows.Select(row => row.Label));
        var height = (rows.Count * RowHeight) + Bottom;
        var svg = new Svg(Width, height, label);
        double At(double share) => left + (Math.Clamp(share, 0, 1) * (Width - left - Right));
        foreach (var tick in (double[])[0, .25, .5, .75, 1])
        {
            svg.Line(At(tick), 0, At(tick), height - Bottom, "grid");
            svg.Text(At(tick), height - 5, tick.ToString(".##;;0", CultureInfo.InvariantCulture), "middle dim");
        }

        foreach (var (i, row) in rows.Index())
        {
            var (top, middle) = (i * RowHeight, (i * RowHeight) + (RowHeight / 2));
            svg.Text(left - 6, middle + 4, row.Label, "end");
            svg.Bar(At(0), top + 4, At(row.Value) - At(0), RowHeight - 8, "bar", $"{row.Label}: {Interval(row)}");
            if (row.Interval is { } ends)
            {
                svg.Line(At(ends[0]), middle, At(ends[1]), middle, "whisker");
                svg.Line(At(ends[0]), middle - 4, At(ends[0]), middle + 4, "whisker");
                svg.Line(At(ends[1]), middle - 4, At(ends[1]), middle + 4, "whisker");
            }

            if (row.Before is { } before)
            {
                svg.Line(At(before), top + 1, At(before), top + RowHeight - 1, "before");
            }

            svg.Text(Width - Right + 8, middle + 4, Figures.Share(row.Value), "start strong");
        }

        return svg.ToString();
    }

    /// <summary>Room for the longest label.</summary>
    public static double LabelWidth(IEnumerable<string> labels) => Math.Clamp(12 + (LetterWidth * labels.Select(label => label.Length).DefaultIfEmpty(0).Max()), 40, 220);

    private static string Interval(Row row) =>
        $"{Figures.Share(row.Value)}{(row.Interval is { } ends ? $" [{Figures.Share(ends[0])}, {Figures.Share(ends[1])}]" : "")}{(row.Before is { } before ? $", before {Figures.Share(before)}" : "")}";
}
