using System.Globalization;

namespace CopilotBot.Evaluation.Reports;

/// <summary>Right and cited answers against unanswerable questions that were answered, over the threshold; the dot is the threshold in force.</summary>
internal static class CurvePlot
{
    private const double Width = 380;

    private const double Height = 300;

    private const double Left = 40;

    private const double Bottom = 42;

    private const double Margin = 12;

    public static string Draw(string label, AnswerReport report, AnswerReport? before)
    {
        var svg = new Svg(Width, Height, label);
        foreach (var tick in (double[])[0, .2, .4, .6, .8, 1])
        {
            var text = tick.ToString(".0;;0", CultureInfo.InvariantCulture);
            svg.Line(X(tick), Y(0), X(tick), Y(1), "grid");
            svg.Line(X(0), Y(tick), X(1), Y(tick), "grid");
            svg.Text(X(tick), Y(0) + 16, text, "middle dim");
            svg.Text(Left - 6, Y(tick) + 4, text, "end dim");
        }

        svg.Text(X(.5), Height - 6, "unanswerable answered", "middle dim");
        svg.Text(X(0) + 6, Margin + 6, "right and cited", "start dim");
        if (before is { Curve.Count: > 0 })
        {
            svg.Curve(before.Curve.Select(Place), "curve before");
        }

        svg.Curve(report.Curve.Select(Place), "curve");
        if (report.Curve.FirstOrDefault(point => Math.Abs(point.Threshold - report.Threshold) < 1e-9) is { } force)
        {
            var (x, y) = Place(force);
            svg.Dot(x, y, "dot", $"threshold {Figures.Share(force.Threshold)}: {Figures.Share(force.RightAndCited)} right and cited, {Figures.Share(force.UnanswerableAnswered)} of the unanswerable answered");

            // Away from the curve, which rises to the right.
            svg.Text(x + 10, y + 18, $"{Figures.Share(force.RightAndCited)} at {Figures.Share(force.UnanswerableAnswered)}", "start strong");
        }

        return svg.ToString();
    }

    private static (double X, double Y) Place(CurvePoint point) => (X(point.UnanswerableAnswered), Y(point.RightAndCited));

    private static double X(double share) => Left + (Math.Clamp(share, 0, 1) * (Width - Left - Margin));

    private static double Y(double share) => Height - Bottom - (Math.Clamp(share, 0, 1) * (Height - Bottom - Margin));
}
