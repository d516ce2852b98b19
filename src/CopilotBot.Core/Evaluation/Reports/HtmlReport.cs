using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CopilotBot.Evaluation.Reports;

/// <summary>Reports as one page with tables and plots that needs nothing but itself.</summary>
public static class HtmlReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(IReadOnlyList<StoredReport> reports, IReadOnlyList<StoredReport> before)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(before);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>CopilotBot: measured quality</title>
            <style>
            {Style()}
            </style>
            </head>
            <body>
            <h1>Measured quality</h1>
            <p class="note">{Encode(Legend(reports, before))}</p>

            """);
        foreach (var report in reports)
        {
            page.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Encode(Heading(report))}</h2>\n<div class=\"plots\">\n");
            foreach (var (caption, drawing) in Plots(report, ReportTables.BaselineOf(report, before)))
            {
                page.Append(CultureInfo.InvariantCulture, $"<figure>\n<figcaption>{Encode(caption)}</figcaption>\n{drawing}\n</figure>\n");
            }

            page.Append("</div>\n</section>\n");
        }

        foreach (var table in ReportTables.Of(reports, before))
        {
            Append(page, table);
        }

        AppendSettings(page, reports);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Legend(IReadOnlyList<StoredReport> reports, IReadOnlyList<StoredReport> before)
    {
        var missing = reports.Where(report => before.Count > 0 && ReportTables.BaselineOf(report, before) is null).Select(report => report.Name).ToList();
        return "Whiskers and brackets are 95% bootstrap intervals; p is that of the paired randomisation test against the row above"
            + (before.Count > 0 ? "; dashed ticks and lines are the baselines." : ".")
            + (missing.Count > 0 ? $" Without a baseline: {string.Join(", ", missing)}." : "");
    }

    private static string Heading(StoredReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Name}: {(report.Retrieval is { } retrieval ? $"{retrieval.N} queries" : $"{report.Answers?.N} questions")}{(report.Date is { } date ? $", {date:yyyy-MM-dd}" : "")}");

    private static IEnumerable<(string Caption, string Drawing)> Plots(StoredReport report, StoredReport? before)
    {
        if (report.Retrieval is { } retrieval)
        {
            foreach (var (key, name, value) in ((string, string, Func<PipelineReport, double>)[])
                [("ndcgAt10", "nDCG@10", pipeline => pipeline.NdcgAt10), ("recallAt5", "recall@5", pipeline => pipeline.RecallAt5), ("allRecallAt5", "all relevant in 5", pipeline => pipeline.AllRecallAt5)])
            {
                yield return (name, BarPlot.Draw($"{report.Name}: {name} by pipeline", [.. retrieval.Pipelines.Select(pipeline => new BarPlot.Row(
                    pipeline.Key, value(pipeline.Value), pipeline.Value.Ci.GetValueOrDefault(key),
                    before?.Retrieval?.Pipelines.GetValueOrDefault(pipeline.Key) is { } old ? value(old) : null))]));
            }

            var (last, deepest) = retrieval.Pipelines.Last();
            if (deepest.StagesMs.Count > 0)
            {
                yield return ($"ms by stage of {last}: median, and in the light to the 95th percentile", LatencyPlot.Draw($"{report.Name}: latency by stage", deepest.StagesMs));
            }
        }

        if (report.Answers is { } answers)
        {
            yield return ("shares", BarPlot.Draw($"{report.Name}: shares", [.. ReportTables.AnswerShares.Select(share => new BarPlot.Row(
                share.Label, share.Value(answers), answers.Ci.GetValueOrDefault(share.Key), before?.Answers is { } old ? share.Value(old) : null))]));
            if (answers.Curve.Count > 0)
            {
                yield return ("right answers against wrong ones, over the threshold", CurvePlot.Draw($"{report.Name}: right and cited against unanswerable answered", answers, before?.Answers));
            }

            if (answers.Kinds.Values.Any(kind => kind.RightAndCited is not null))
            {
                yield return ("right and cited by kind of question", BarPlot.Draw($"{report.Name}: right and cited by kind", [.. answers.Kinds.Where(kind => kind.Value.RightAndCited is not null).Select(kind => new BarPlot.Row(
                    $"{kind.Key} ({kind.Value.N})", kind.Value.RightAndCited ?? 0, kind.Value.Ci.GetValueOrDefault("rightAndCited"), before?.Answers?.Kinds.GetValueOrDefault(kind.Key)?.RightAndCited))]));
            }

            if (answers.Pipelines is { Count: > 0 } pipelines)
            {
                yield return ("answer words in 3 chunks by pipeline", BarPlot.Draw($"{report.Name}: answer words in 3 chunks", [.. pipelines.Select(pipeline => new BarPlot.Row(
                    pipeline.Key, pipeline.Value.AnswerInChunks3, pipeline.Value.Ci.GetValueOrDefault("answerInChunks3"), before?.Answers?.Pipelines?.GetValueOrDefault(pipeline.Key)?.AnswerInChunks3))]));
            }

            if (answers.StagesMs.Count > 0)
            {
                yield return ("ms by stage: median, and in the light to the 95th percentile", LatencyPlot.Draw($"{report.Name}: latency by stage", answers.StagesMs));
            }
        }
    }

    private static void Append(StringBuilder page, ReportTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Encode(table.Title)}</h2>\n<div class=\"wide\"><table>\n<thead><tr>");
        page.AppendJoin("", table.Columns.Select((column, i) => $"<th{Style(i)}>{Encode(column)}</th>")).Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select((cell, i) => $"<td{Style(i)}>{Encode(cell)}</td>")).Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n</section>\n");

        string Style(int column) => column < table.TextColumns ? "" : " class=\"figure\"";
    }

    /// <summary>What each report was made with; reports made with the same stand together.</summary>
    private static void AppendSettings(StringBuilder page, IReadOnlyList<StoredReport> reports)
    {
        var made = reports.Where(report => report.Settings is not null).GroupBy(report => JsonSerializer.Serialize(report.Settings, ReportJson.Default.ReportSettings));
        foreach (var same in made)
        {
            using var settings = JsonDocument.Parse(same.Key);
            page.Append(CultureInfo.InvariantCulture, $"<details>\n<summary>Settings of {Encode(string.Join(", ", same.Select(report => report.Name)))}</summary>\n<pre>{Encode(JsonSerializer.Serialize(settings.RootElement, Indented))}</pre>\n</details>\n");
        }
    }

    private static string Style()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("CopilotBot.Evaluation.Reports.report.css")
            ?? throw new InvalidOperationException("The embedded resource report.css is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
