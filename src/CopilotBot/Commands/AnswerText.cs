using System.Globalization;
using CopilotBot.Evaluation;
using CopilotBot.Evaluation.Reports;

namespace CopilotBot.Commands;

/// <summary>A report on answers as it is printed for people.</summary>
internal static class AnswerText
{
    /// <summary>Shares of unanswerable questions answered at which the curve is told.</summary>
    private static readonly double[] Told = [.1, .2, .3, .35, .4, .5, 1];

    public static string Describe(AnswerReport report) => string.Join('\n', [.. Lines(report)]);

    private static IEnumerable<string> Lines(AnswerReport report)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{report.N} questions, answered at a confidence of {report.Threshold:0.000} or more; {report.Date:yyyy-MM-dd}; {Machine.Describe()}; 95% intervals in brackets");
        yield return $"right page at 1 / 3 / 5            {Share("pageAt1", report.PageAt1)} / {Share("pageAt3", report.PageAt3)} / {Share("pageAt5", report.PageAt5)}";
        yield return $"answer words in 1 / 3 / 5 chunks   {Share("answerInChunks1", report.AnswerInChunks1)} / {Share("answerInChunks3", report.AnswerInChunks3)} / {Share("answerInChunks5", report.AnswerInChunks5)}";
        yield return $"right and cited answers            {Share("rightAndCited", report.RightAndCited)} of the answerable";
        yield return $"unanswerable answered              {Share("unanswerableAnswered", report.UnanswerableAnswered)} of the unanswerable";
        yield return $"words an answer                    {Figures.Words(report.MeanAnswerWords)}";
        yield return $"latency p50 / p95                  {Figures.Milliseconds(report.LatencyMs)} ms; every stage in {Figures.Share(report.EveryStage)}";
        yield return $"verdicts                           {string.Join(", ", report.Verdicts.Select(verdict => $"{verdict.Key} {verdict.Value}"))}";
        yield return "";
        yield return ReportTables.Kinds(report).ToMarkdown();
        if (report.Curve.Count > 0)
        {
            yield return "";
            yield return Curve(report).ToMarkdown();
        }

        if (report.Pipelines is not null)
        {
            yield return "";
            yield return ReportTables.Passages(report).ToMarkdown();
        }

        string Share(string measure, double value) => Figures.Share(value, report.Ci, measure);
    }

    /// <summary>The lowest threshold that answers at most so many of the unanswerable.</summary>
    private static ReportTable Curve(AnswerReport report) => new(
        "Curve",
        ["threshold", "unanswerable answered", "right and cited", "words"],
        0,
        [
            .. Told.Select(most => report.Curve.First(point => point.UnanswerableAnswered <= most || point == report.Curve[^1])).Distinct().Select(point => (IReadOnlyList<string>)
                [Figures.Share(point.Threshold), Figures.Share(point.UnanswerableAnswered), Figures.Share(point.RightAndCited), Figures.Words(point.MeanAnswerWords)]),
        ]);
}
