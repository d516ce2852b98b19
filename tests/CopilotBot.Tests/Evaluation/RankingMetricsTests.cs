using CopilotBot.Evaluation;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Evaluation;

/// <summary>Values computed by hand from trec_eval's definitions.</summary>
public sealed class RankingMetricsTests
{
    /// <summary>Relevant are b (2), d (1) and x (1), which was not found.</summary>
    private static readonly Dictionary<DocumentId, int> Relevant = new() { [Some.Id("b")] = 2, [Some.Id("d")] = 1, [Some.Id("x")] = 1 };

    private static readonly DocumentId[] Ranking = [Some.Id("a"), Some.Id("b"), Some.Id("c"), Some.Id("d"), Some.Id("e")];

    [Fact]
    public void Ndcg_discounts_by_the_logarithm_of_the_rank()
    {
        // (2 / log2 3 + 1 / log2 5) / (2 / log2 2 + 1 / log2 3 + 1 / log2 4)
        RankingMetrics.Ndcg(Ranking, Relevant, 10).ShouldBe((1.2618595 + 0.4306766) / (2 + 0.6309298 + 0.5), 1e-6);
        RankingMetrics.Ndcg(Ranking, Relevant, 1).ShouldBe(0);
        RankingMetrics.Ndcg([Some.Id("b"), Some.Id("d"), Some.Id("x")], Relevant, 10).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Recall_precision_and_rank_count_what_was_not_found()
    {
        RankingMetrics.Recall(Ranking, Relevant, 2).ShouldBe(1 / 3d);
        RankingMetrics.Recall(Ranking, Relevant, 5).ShouldBe(2 / 3d);
        RankingMetrics.ReciprocalRank(Ranking, Relevant, 10).ShouldBe(1 / 2d);
        RankingMetrics.ReciprocalRank(Ranking, Relevant, 1).ShouldBe(0);

        // Precision is 1/2 at rank 2 and 2/4 at rank 4; x adds nothing.
        RankingMetrics.AveragePrecision(Ranking, Relevant, 100).ShouldBe((0.5 + 0.5) / 3);
        RankingMetrics.AveragePrecision(Ranking, Relevant, 3).ShouldBe(0.5 / 3);
    }

    [Fact]
    public void All_metrics_have_a_place_in_the_report()
    {
        var metrics = RankingMetrics.Of(Ranking, Relevant);

        metrics.Keys.ShouldBe(["ndcgAt10", "recallAt2", "recallAt5", "recallAt10", "recallAt100", "mrrAt10", "mapAt100", "allRecallAt5", "hitAt1"]);
        (metrics["allRecallAt5"], metrics["hitAt1"]).ShouldBe((0, 0));
        RankingMetrics.Of([Some.Id("b"), Some.Id("d"), Some.Id("x")], Relevant).Values.ShouldAllBe(value => value > 0.6);
        RankingMetrics.Of([], Relevant).Values.ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void An_interval_holds_the_mean_and_narrows_with_more_values()
    {
        double[] few = [0, 1, 0, 1, 1, 0, 1, 0];
        double[] many = [.. Enumerable.Repeat(few, 50).SelectMany(values => values)];

        var (low, high) = Significance.Interval(few);
        var (lowOfMany, highOfMany) = Significance.Interval(many);

        low.ShouldBeLessThan(0.5);
        high.ShouldBeGreaterThan(0.5);
        (highOfMany - lowOfMany).ShouldBeLessThan((high - low) / 3);

        // Normal approximation: 1.96 standard errors of a fair coin over 400 values.
        (highOfMany - lowOfMany).ShouldBe(2 * 1.96 * 0.5 / 20, 0.02);
        Significance.Interval([0.5, 0.5, 0.5]).ShouldBe((0.5, 0.5));
        Significance.Interval(few).ShouldBe((low, high));
    }

    [Fact]
    public void A_paired_test_tells_a_steady_gain_from_chance()
    {
        var random = new Random(3);
        double[] before = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())];

        Significance.PairedP([.. before.Select(value => value + 0.05)], before).ShouldBeLessThan(0.001);
        Significance.PairedP(before, before).ShouldBe(1);
        Significance.PairedP([.. before.Select((value, i) => value + (i % 2 == 0 ? 0.05 : -0.05))], before).ShouldBeGreaterThan(0.5);
    }
}
