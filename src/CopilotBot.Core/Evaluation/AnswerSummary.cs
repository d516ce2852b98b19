using System.Text.Json;

namespace CopilotBot.Evaluation;

/// <summary>The scores of single questions put together.</summary>
internal static class AnswerSummary
{
    /// <summary>Thresholds of the curve: 0, .02, ... 1, and the one in force.</summary>
    private const int CurveSteps = 50;

    public static AnswerReport Of(IReadOnlyList<QuestionScore> scores, double threshold)
    {
        var answerable = scores.Where(score => score.IsAnswerable).ToList();
        var unanswerable = scores.Where(score => !score.IsAnswerable).ToList();
        var shares = new Dictionary<string, double[]>
        {
            ["pageAt1"] = Values(answerable, score => score.PageRank is 1),
            ["pageAt3"] = Values(answerable, score => score.PageRank <= 3),
            ["pageAt5"] = Values(answerable, score => score.PageRank <= 5),
            ["answerInChunks1"] = Values(answerable, score => score.ChunkRank is 1),
            ["answerInChunks3"] = Values(answerable, score => score.ChunkRank <= 3),
            ["answerInChunks5"] = Values(answerable, score => score.ChunkRank <= 5),
            ["rightAndCited"] = Values(answerable, score => score.Given.RightAndCited),
            ["unanswerableAnswered"] = Values(unanswerable, score => score.Given.Answered),
            ["meanAnswerWords"] = WordsOf(scores),
        };
        return new AnswerReport(
            scores.Count,
            Mean(shares["pageAt1"]), Mean(shares["pageAt3"]), Mean(shares["pageAt5"]),
            Mean(shares["answerInChunks1"]), Mean(shares["answerInChunks3"]), Mean(shares["answerInChunks5"]),
            Mean(shares["rightAndCited"]),
            Mean(shares["unanswerableAnswered"]),
            Mean(shares["meanAnswerWords"]),
            threshold,
            Latency.Of([.. scores.Select(score => score.Milliseconds)]))
        {
            Ci = Intervals(shares),
            Verdicts = scores.CountBy(score => score.Verdict).OrderBy(count => count.Key).ToDictionary(count => JsonNamingPolicy.CamelCase.ConvertName(count.Key.ToString()), count => count.Value),
            Kinds = scores.GroupBy(score => string.IsNullOrEmpty(score.Question.Kind) ? "other" : score.Question.Kind)
                .OrderBy(kind => !kind.Any(score => score.IsAnswerable)).ThenBy(kind => kind.Key, StringComparer.Ordinal)
                .ToDictionary(kind => kind.Key, kind => OfKind([.. kind])),
            Curve = Curve(scores, threshold),
            EveryStage = scores.Count == 0 ? 0 : scores.Average(score => score.EveryStage ? 1d : 0),
            StagesMs = Latency.ByStage([.. scores.Select(score => score.StagesMs)]),
        };
    }

    private static KindReport OfKind(List<QuestionScore> scores)
    {
        var answerable = scores.Where(score => score.IsAnswerable).ToList();
        var shares = new Dictionary<string, double[]>
        {
            ["pageAt1"] = Values(answerable, score => score.PageRank is 1),
            ["answerInChunks3"] = Values(answerable, score => score.ChunkRank <= 3),
            ["answered"] = Values(scores, score => score.Given.Answered),
            ["rightAndCited"] = Values(answerable, score => score.Given.RightAndCited),
            ["meanAnswerWords"] = WordsOf(scores),
        };
        return new KindReport(
            scores.Count, MeanOrNull(shares["pageAt1"]), MeanOrNull(shares["answerInChunks3"]), Mean(shares["answered"]), MeanOrNull(shares["rightAndCited"]), Mean(shares["meanAnswerWords"]), Intervals(shares));
    }

    /// <summary>Empty where the model gives no confidence, since then there is no threshold to move.</summary>
    private static IReadOnlyList<CurvePoint> Curve(IReadOnlyList<QuestionScore> scores, double threshold) => scores.All(score => score.Confidence is null) ? [] :
    [
        .. Enumerable.Range(0, CurveSteps + 1).Select(step => (double)step / CurveSteps).Append(threshold).Distinct().Order().Select(at =>
        {
            var answered = scores.Where(score => score.Regardless.Answered && score.Confidence >= at).ToList();
            return new CurvePoint(
                at,
                Share(answered.Count(score => score.Regardless.RightAndCited), scores.Count(score => score.IsAnswerable)),
                Share(answered.Count(score => !score.IsAnswerable), scores.Count(score => !score.IsAnswerable)),
                answered.Count == 0 ? 0 : answered.Average(score => score.Regardless.Words));
        }),
    ];

    private static double[] Values(List<QuestionScore> scores, Func<QuestionScore, bool> counts) => [.. scores.Select(score => counts(score) ? 1d : 0)];

    private static double[] WordsOf(IEnumerable<QuestionScore> scores) => [.. scores.Where(score => score.Given.Answered).Select(score => (double)score.Given.Words)];

    private static Dictionary<string, IReadOnlyList<double>> Intervals(Dictionary<string, double[]> shares) =>
        shares.Where(share => share.Value.Length > 0).ToDictionary(share => share.Key, share => Significance.Ends(share.Value));

    private static double Mean(double[] values) => MeanOrNull(values) ?? 0;

    private static double? MeanOrNull(double[] values) => values.Length == 0 ? null : values.Average();

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
