using System.Globalization;
using System.Net;
using System.Text;

namespace CopilotBot.Evaluation.Reports;

/// <summary>A drawing that grows line by line. Colours and fonts come from the classes of report.css, so it is right in the light and in the dark.</summary>
internal sealed class Svg(double width, double height, string label)
{
    private readonly StringBuilder _content = new();

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _content.Append(CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\"/>\n");

    /// <param name="tip">Shown when the pointer rests on it.</param>
    public void Bar(double x, double y, double barWidth, double barHeight, string style, string tip) => _content.Append(
        CultureInfo.InvariantCulture,
        $"<rect class=\"{style}\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(0, barWidth):0.##}\" height=\"{barHeight:0.##}\" rx=\"2\"><title>{WebUtility.HtmlEncode(tip)}</title></rect>\n");

    public void Dot(double x, double y, string style, string tip) =>
        _content.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\" cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"5\"><title>{WebUtility.HtmlEncode(tip)}</title></circle>\n");

    public void Curve(IEnumerable<(double X, double Y)> points, string style) => _content.Append(
        CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")))}\"/>\n");

    public void Text(double x, double y, string text, string style = "start") =>
        _content.Append(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{x:0.##}\" y=\"{y:0.##}\">{WebUtility.HtmlEncode(text)}</text>\n");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width:0.##} {height:0.##}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">\n{_content}</svg>");
}
