using CopilotBot.Evaluation;

namespace CopilotBot.Tests.Evaluation;

/// <summary>Shares counted by hand.</summary>
public sealed class AnswerSummaryTests
{
    /// <summary>Right at .9; right had it been answered at .4; wrong at .8; nothing to find; an unanswerable one answered at .7 and one held back at .2.</summary>
    private static readonly QuestionScore[] Scores =
    [
        Score("fact", AnswerVerdict.RightAndCited, .9, given: new(true, true, 10), pageRank: 1, chunkRank: 1),
        Score("fact", AnswerVerdict.Abstained, .4, given: new(false, false, 12), regardless: new(true, true, 20), pageRank: 2, chunkRank: 3),
        Score("list", AnswerVerdict.WordsNotChosen, .8, given: new(true, false, 30), pageRank: 4, chunkRank: null),
        Score("", AnswerVerdict.PageNotRetrieved, 0, given: new(false, false, 12), pageRank: null, chunkRank: null),
        Score("unanswerable", AnswerVerdict.AnsweredUnanswerable, .7, given: new(true, false, 50), isAnswerable: false),
        Score("unanswerable", AnswerVerdict.RightlyAbstained, .2, given: new(false, false, 12), regardless: new(true, false, 60), isAnswerable: false),
    ];

    [Fact]
    public void Shares_are_of_the_questions_that_count_for_them()
    {
        var report = AnswerSummary.Of(Scores, threshold: .5);

        report.N.ShouldBe(6);
        (report.PageAt1, report.PageAt3, report.PageAt5).ShouldBe((.25, .5, .75));
        (report.AnswerInChunks1, report.AnswerInChunks3, report.AnswerInChunks5).ShouldBe((.25, .5, .5));
        (report.RightAndCited, report.UnanswerableAnswered, report.MeanAnswerWords).ShouldBe((.25, .5, 30));
        report.Ci.Keys.ShouldBe(["pageAt1", "pageAt3", "pageAt5", "answerInChunks1", "answerInChunks3", "answerInChunks5", "rightAndCited", "unanswerableAnswered", "meanAnswerWords"]);
        report.Ci["rightAndCited"].ShouldBe(Significance.Ends([1, 0, 0, 0]));
        report.Verdicts.ShouldBe(new Dictionary<string, int>
        {
            ["rightAndCited"] = 1,
            ["pageNotRetrieved"] = 1,
            ["abstained"] = 1,
            ["wordsNotChosen"] = 1,
            ["rightlyAbstained"] = 1,
            ["answeredUnanswerable"] = 1,
        });
    }

    [Fact]
    public void Kinds_are_told_apart_and_what_is_not_defined_for_one_is_left_out()
    {
        var kinds = AnswerSummary.Of(Scores, threshold: .5).Kinds;

        kinds.Keys.ShouldBe(["fact", "list", "other", "unanswerable"]);
        var fact = kinds["fact"];
        (fact.N, fact.PageAt1, fact.AnswerInChunks3, fact.Answered, fact.RightAndCited, fact.MeanAnswerWords).ShouldBe((2, .5, 1, .5, .5, 10));
        var unanswerable = kinds["unanswerable"];
        (unanswerable.N, unanswerable.PageAt1, unanswerable.AnswerInChunks3, unanswerable.Answered, unanswerable.RightAndCited).ShouldBe((2, null, null, .5, null));
        unanswerable.Ci.Keys.ShouldBe(["answered", "meanAnswerWords"]);
    }

    [Theory]
    [InlineData(0, .5, 1, 34)] // 10, 20, 30, 50 and 60 words; the fourth question has nothing to be answered with
    [InlineData(.3, .5, .5, 27.5)]
    [InlineData(.5, .25, .5, 30)]
    [InlineData(.76, .25, 0, 20)]
    [InlineData(1, 0, 0, 0)]
    public void The_curve_says_what_each_threshold_would_give(double threshold, double right, double unanswerable, double words)
    {
        var curve = AnswerSummary.Of(Scores, threshold: .5).Curve;

        curve.Single(point => Math.Abs(point.Threshold - threshold) < 1e-9).ShouldBe(new CurvePoint(threshold, right, unanswerable, words), new Near());
    }

    [Fact]
    public void The_curve_runs_through_the_threshold_in_force()
    {
        var report = AnswerSummary.Of(Scores, threshold: .479);

        var force = report.Curve.Single(point => point.Threshold == .479);

        (force.RightAndCited, force.UnanswerableAnswered).ShouldBe((report.RightAndCited, report.UnanswerableAnswered));
        report.Curve.Count.ShouldBe(52);
        report.Curve.Select(point => point.Threshold).ShouldBeInOrder();
    }

    [Fact]
    public void A_model_without_confidence_has_no_curve() =>
        AnswerSummary.Of([.. Scores.Select(score => score with { Confidence = null })], threshold: .5).Curve.ShouldBeEmpty();

    [Fact]
    public void No_question_of_a_sort_is_a_share_of_zero_without_an_interval()
    {
        var report = AnswerSummary.Of([Scores[4]], threshold: .5);

        report.RightAndCited.ShouldBe(0);
        report.Ci.Keys.ShouldBe(["unanswerableAnswered", "meanAnswerWords"]);
    }

    private static QuestionScore Score(
        string kind, AnswerVerdict verdict, double confidence, ReplyScore given, ReplyScore? regardless = null, int? pageRank = null, int? chunkRank = null, bool isAnswerable = true) => new(
        new AnswerQuestion("id", "question", isAnswerable ? "page" : null, ["word"], kind, null), pageRank, chunkRank, verdict, given, regardless ?? given, confidence, 5,
        new Dictionary<string, double> { ["answer"] = 1 }, EveryStage: true);

    private sealed class Near : IEqualityComparer<CurvePoint>
    {
        public bool Equals(CurvePoint? left, CurvePoint? right) => left is not null && right is not null
            && Math.Abs(left.Threshold - right.Threshold) < 1e-9 && Math.Abs(left.RightAndCited - right.RightAndCited) < 1e-9
            && Math.Abs(left.UnanswerableAnswered - right.UnanswerableAnswered) < 1e-9 && Math.Abs(left.MeanAnswerWords - right.MeanAnswerWords) < 1e-9;

        public int GetHashCode(CurvePoint point) => 0;
    }
}
