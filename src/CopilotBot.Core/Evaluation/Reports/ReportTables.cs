namespace CopilotBot.Evaluation.Reports;

/// <summary>What reports say, as tables.</summary>
public static class ReportTables
{
    /// <summary>The measures of an answer report that are shares, with what they are called.</summary>
    internal static IReadOnlyList<(string Key, string Label, Func<AnswerReport, double> Value)> AnswerShares { get; } =
    [
        ("pageAt1", "right page at 1", report => report.PageAt1),
        ("pageAt3", "right page at 3", report => report.PageAt3),
        ("pageAt5", "right page at 5", report => report.PageAt5),
        ("answerInChunks1", "answer words in 1 chunk", report => report.AnswerInChunks1),
        ("answerInChunks3", "answer words in 3 chunks", report => report.AnswerInChunks3),
        ("answerInChunks5", "answer words in 5 chunks", report => report.AnswerInChunks5),
        ("rightAndCited", "right and cited answers", report => report.RightAndCited),
        ("unanswerableAnswered", "unanswerable answered", report => report.UnanswerableAnswered),
    ];

    /// <summary>Every table that these reports fill, in reading order.</summary>
    /// <param name="before">Older reports to compare with; a report counts as the same when it has the same name and is of the same sort.</param>
    public static IReadOnlyList<ReportTable> Of(IReadOnlyList<StoredReport> reports, IReadOnlyList<StoredReport> before)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(before);
        RetrievalReport[] retrieval = [.. reports.Select(report => report.Retrieval).OfType<RetrievalReport>()];
        AnswerReport[] answers = [.. reports.Select(report => report.Answers).OfType<AnswerReport>()];
        ReportTable[] tables =
        [
            Retrieval(retrieval),
            Passages(answers),
            .. answers.SelectMany(report => (ReportTable[])[Answers(report), Verdicts(report), Kinds(report)]),
            Changes(reports, before),
        ];
        return [.. tables.Where(table => table.Rows.Count > 0)];
    }

    public static ReportTable Retrieval(params IReadOnlyList<RetrievalReport> reports) => new(
        "Retrieval",
        ["set", "pipeline", "nDCG@10", "recall@5", "all@5", "recall@100", "MRR@10", "MAP@100", "hit@1", "every stage", "p50 / p95 ms", "p"],
        2,
        [.. reports.SelectMany(report => report.Pipelines.Select(pipeline => Row(report, pipeline.Key, pipeline.Value)))]);

    public static ReportTable Passages(params IReadOnlyList<AnswerReport> reports) => new(
        "Pages and passages by pipeline",
        ["set", "pipeline", "page at 1", "page at 3", "page at 5", "words in 1", "words in 3", "words in 5", "every stage", "p50 / p95 ms", "p"],
        2,
        [.. reports.SelectMany(report => (report.Pipelines ?? new Dictionary<string, PassageReport>()).Select(pipeline => Row(report, pipeline.Key, pipeline.Value)))]);

    public static ReportTable Kinds(AnswerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(
            $"{report.Set}: by kind of question",
            ["kind", "n", "page at 1", "words in 3", "answered", "right and cited", "words"],
            1,
            [
                .. report.Kinds.Select(kind => (IReadOnlyList<string>)
                [
                    kind.Key, $"{kind.Value.N}", Figures.Share(kind.Value.PageAt1), Figures.Share(kind.Value.AnswerInChunks3), Figures.Share(kind.Value.Answered),
                    Figures.Share(kind.Value.RightAndCited, kind.Value.Ci, "rightAndCited"), Figures.Words(kind.Value.MeanAnswerWords),
                ]),
            ]);
    }

    private static ReportTable Answers(AnswerReport report) => new(
        $"{report.Set}: answers ({report.N} questions)",
        ["measure", "value"],
        1,
        [
            .. AnswerShares.Select(share => (IReadOnlyList<string>)[share.Label, Figures.Share(share.Value(report), report.Ci, share.Key)]),
            ["words an answer", Figures.Words(report.MeanAnswerWords)],
            ["threshold", Figures.Share(report.Threshold)],
            ["p50 / p95 ms", Figures.Milliseconds(report.LatencyMs)],
        ]);

    private static ReportTable Verdicts(AnswerReport report) => new(
        $"{report.Set}: what became of the questions", ["verdict", "questions"], 1, [.. report.Verdicts.Select(verdict => (IReadOnlyList<string>)[verdict.Key, $"{verdict.Value}"])]);

    private static IReadOnlyList<string> Row(RetrievalReport report, string name, PipelineReport pipeline) =>
    [
        $"{report.Set} ({report.N})", name,
        Figures.Share(pipeline.NdcgAt10, pipeline.Ci, "ndcgAt10"), Figures.Share(pipeline.RecallAt5, pipeline.Ci, "recallAt5"), Figures.Share(pipeline.AllRecallAt5, pipeline.Ci, "allRecallAt5"),
        Figures.Share(pipeline.RecallAt100), Figures.Share(pipeline.MrrAt10), Figures.Share(pipeline.MapAt100), Figures.Share(pipeline.HitAt1),
        Figures.Share(pipeline.EveryStage), Figures.Milliseconds(pipeline.LatencyMs), Figures.P(pipeline.PairedP),
    ];

    private static IReadOnlyList<string> Row(AnswerReport report, string name, PassageReport pipeline) =>
    [
        $"{report.Set} ({report.N})", name,
        Figures.Share(pipeline.PageAt1, pipeline.Ci, "pageAt1"), Figures.Share(pipeline.PageAt3), Figures.Share(pipeline.PageAt5),
        Figures.Share(pipeline.AnswerInChunks1), Figures.Share(pipeline.AnswerInChunks3, pipeline.Ci, "answerInChunks3"), Figures.Share(pipeline.AnswerInChunks5),
        Figures.Share(pipeline.EveryStage), Figures.Milliseconds(pipeline.LatencyMs), Figures.P(pipeline.PairedP),
    ];

    private static ReportTable Changes(IReadOnlyList<StoredReport> reports, IReadOnlyList<StoredReport> before) => new(
        "Changes against the baselines",
        ["set", "pipeline", "measure", "before", "now", "change", "outside its interval"],
        3,
        [.. reports.SelectMany(report => BaselineOf(report, before) is { } old ? Changes(report, old) : [])]);

    /// <summary>The older report of the same sort on the same set, or null.</summary>
    internal static StoredReport? BaselineOf(StoredReport report, IReadOnlyList<StoredReport> before) =>
        before.FirstOrDefault(old => old.Name == report.Name && (old.Retrieval is null) == (report.Retrieval is null));

    private static IEnumerable<IReadOnlyList<string>> Changes(StoredReport now, StoredReport before)
    {
        if (now.Answers is { } answers && before.Answers is { } oldAnswers)
        {
            return
            [
                .. AnswerShares.Select(share => Change(now.Name, "", share.Label, share.Value(answers), share.Value(oldAnswers), oldAnswers.Ci.GetValueOrDefault(share.Key))),
                [now.Name, "", "words an answer", Figures.Words(oldAnswers.MeanAnswerWords), Figures.Words(answers.MeanAnswerWords), "", ""],
                [now.Name, "", "p50 / p95 ms", Figures.Milliseconds(oldAnswers.LatencyMs), Figures.Milliseconds(answers.LatencyMs), "", ""],
            ];
        }

        return now.Retrieval is null || before.Retrieval is null ? [] : now.Retrieval.Pipelines.SelectMany(pipeline =>
            before.Retrieval.Pipelines.TryGetValue(pipeline.Key, out var old) ? Changes(now.Name, pipeline.Key, pipeline.Value, old) : []);
    }

    private static IEnumerable<IReadOnlyList<string>> Changes(string set, string pipeline, PipelineReport now, PipelineReport before) =>
    [
        Change(set, pipeline, "nDCG@10", now.NdcgAt10, before.NdcgAt10, before.Ci.GetValueOrDefault("ndcgAt10")),
        Change(set, pipeline, "recall@5", now.RecallAt5, before.RecallAt5, before.Ci.GetValueOrDefault("recallAt5")),
        Change(set, pipeline, "all@5", now.AllRecallAt5, before.AllRecallAt5, before.Ci.GetValueOrDefault("allRecallAt5")),
        [set, pipeline, "p50 / p95 ms", Figures.Milliseconds(before.LatencyMs), Figures.Milliseconds(now.LatencyMs), "", ""],
    ];

    private static IReadOnlyList<string> Change(string set, string pipeline, string measure, double now, double before, IReadOnlyList<double>? interval) =>
    [
        set, pipeline, measure, Figures.Share(before), Figures.Share(now), Figures.Change(now, before),
        interval is null ? "" : now > interval[1] ? "above" : now < interval[0] ? "below" : "no",
    ];
}
