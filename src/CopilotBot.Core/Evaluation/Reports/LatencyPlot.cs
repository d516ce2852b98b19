using System.Globalization;

namespace CopilotBot.Evaluation.Reports;

/// <summary>Milliseconds by stage: the bar is the median, its light part reaches to the 95th percentile.</summary>
internal static class LatencyPlot
{
    private const double Width = 380;

    private const double RowHeight = 22;

    private const double Right = 86;

    private const double Bottom = 20;

    public static string Draw(string label, IReadOnlyDictionary<string, Latency> stages)
    {
        var left = BarPlot.LabelWidth(stages.Keys);
        var height = (stages.Count * RowHeight) + Bottom;
        var svg = new Svg(Width, height, label);
        var step = Step(stages.Values.Max(stage => stage.P95));
        var end = Math.Max(1, Math.Ceiling(stages.Values.Max(stage => stage.P95) / step)) * step;
        double At(double milliseconds) => left + (Math.Clamp(milliseconds / end, 0, 1) * (Width - left - Right));
        for (var tick = 0d; tick <= end + (step / 2); tick += step)
        {
            svg.Line(At(tick), 0, At(tick), height - Bottom, "grid");
            svg.Text(At(tick), height - 5, tick.ToString("0.##", CultureInfo.InvariantCulture), "middle dim");
        }

        foreach (var (i, (name, stage)) in stages.Index())
        {
            var top = i * RowHeight;
            var figures = string.Create(CultureInfo.InvariantCulture, $"{stage.P50:0.0} / {stage.P95:0.0}");
            svg.Text(left - 6, top + (RowHeight / 2) + 4, name, "end");
            svg.Bar(At(0), top + 4, At(stage.P95) - At(0), RowHeight - 8, "bar light", $"{name}: {figures} ms");
            svg.Bar(At(0), top + 4, At(stage.P50) - At(0), RowHeight - 8, "bar", $"{name}: {figures} ms");
            svg.Text(Width - Right + 8, top + (RowHeight / 2) + 4, figures, "start strong");
        }

        return svg.ToString();
    }

    /// <summary>1, 2 or 5 times a power of ten, so that up to five of them reach the end.</summary>
    private static double Step(double highest)
    {
        var rough = Math.Max(highest, .01) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
