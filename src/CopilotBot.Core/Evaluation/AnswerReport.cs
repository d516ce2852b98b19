namespace CopilotBot.Evaluation;

/// <summary>Scores of a question set. Shares are of the answerable questions unless they say otherwise.</summary>
/// <param name="N">Questions, answerable or not.</param>
/// <param name="PageAt1">Share whose right page is the first of the distinct pages retrieved.</param>
/// <param name="AnswerInChunks1">Share whose must-have words all stand in the first chunk.</param>
/// <param name="RightAndCited">Share answered with all must-have words in the text and a right page among the citations.</param>
/// <param name="UnanswerableAnswered">Share of the unanswerable questions that got an answer; 0 when there is none.</param>
/// <param name="MeanAnswerWords">Words of an answer, citation marks not counted, over all questions that were answered.</param>
/// <param name="Threshold">Shipped confidence below which nothing is answered.</param>
public sealed record AnswerReport(
    int N, double PageAt1, double PageAt3, double PageAt5, double AnswerInChunks1, double AnswerInChunks3, double AnswerInChunks5, double RightAndCited,
    double UnanswerableAnswered, double MeanAnswerWords, double Threshold, Latency LatencyMs)
{
    /// <summary>95% bootstrap intervals, low and high, by the name of the measure; none where no question counts for it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Ci { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>Questions by <see cref="AnswerVerdict"/>.</summary>
    public IReadOnlyDictionary<string, int> Verdicts { get; init; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, KindReport> Kinds { get; init; } = new Dictionary<string, KindReport>();

    /// <summary>By rising threshold; empty where the model gives no confidence.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Retrieval by pipeline; only when it was asked for.</summary>
    public IReadOnlyDictionary<string, PassageReport>? Pipelines { get; init; }

    /// <summary>Share of the questions in which no stage was left out for the deadline.</summary>
    public double EveryStage { get; init; }

    /// <summary>Milliseconds by stage; "answer" is all that follows retrieval.</summary>
    public IReadOnlyDictionary<string, Latency> StagesMs { get; init; } = new Dictionary<string, Latency>();

    public string Set { get; init; } = "";

    public DateOnly? Date { get; init; }

    public ReportSettings? Settings { get; init; }
}
