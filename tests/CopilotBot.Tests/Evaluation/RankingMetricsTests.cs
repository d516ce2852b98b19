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
    public void A_relevant_document_beyond_the_depth_counts_as_not_found()
    {
        // Relevant are the ranks 1, 3, 100 and 101 of 120, and one that was not found.
        DocumentId[] ranking = [.. Enumerable.Range(1, 120).Select(rank => Some.Id($"d{rank}"))];
        var relevant = new[] { "d1", "d3", "d100", "d101", "x" }.ToDictionary(Some.Id, _ => 1);

        // Precision 1/1, 2/3 and 3/100; divided by all five, as map_cut_100 of trec_eval.
        RankingMetrics.AveragePrecision(ranking, relevant, 100).ShouldBe((1 + (2 / 3d) + .03) / 5, 1e-12);
        RankingMetrics.Recall(ranking, relevant, 2).ShouldBe(.2);
        RankingMetrics.Recall(ranking, relevant, 10).ShouldBe(.4);
        RankingMetrics.Recall(ranking, relevant, 100).ShouldBe(.6);

        // The ideal ranking of five relevant documents is cut at 10 only: 1 + 1/log2 3 + 1/2 + 1/log2 5 + 1/log2 6.
        RankingMetrics.Ndcg(ranking, relevant, 10).ShouldBe((1 + .5) / (1 + .6309298 + .5 + .4306766 + .3868528), 1e-6);
        RankingMetrics.Ndcg(ranking, relevant, 2).ShouldBe(1 / (1 + .6309298), 1e-6);
        RankingMetrics.Of(ranking, relevant)["hitAt1"].ShouldBe(1);
        RankingMetrics.Of(ranking, relevant)["allRecallAt5"].ShouldBe(0);
    }

    [Fact]
    public void All_relevant_in_five_wants_every_one_of_them()
    {
        var relevant = new[] { "a", "e" }.ToDictionary(Some.Id, _ => 1);

        RankingMetrics.Of(Ranking, relevant)["allRecallAt5"].ShouldBe(1);
        RankingMetrics.Of([Some.Id("z"), .. Ranking], relevant)["allRecallAt5"].ShouldBe(0);
        RankingMetrics.Of([Some.Id("z"), .. Ranking], relevant)["hitAt1"].ShouldBe(0);
    }

    [Fact]
    public void Grades_count_for_ndcg_alone_and_linearly()
    {
        // Swapping a 3 and a 1: (1 + 3 / log2 3) / (3 + 1 / log2 3).
        Dictionary<DocumentId, int> relevant = new() { [Some.Id("high")] = 3, [Some.Id("low")] = 1 };
        DocumentId[] swapped = [Some.Id("low"), Some.Id("high")];

        RankingMetrics.Ndcg(swapped, relevant, 10).ShouldBe((1 + (3 * .6309298)) / (3 + .6309298), 1e-6);
        RankingMetrics.AveragePrecision(swapped, relevant, 100).ShouldBe(1);
        RankingMetrics.ReciprocalRank(swapped, relevant, 10).ShouldBe(1);
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
    public void The_same_values_give_the_same_figures_and_their_order_hardly_matters()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => i % 7 / 7d)];

        Significance.Interval(values).ShouldBe(Significance.Interval([.. values]));
        Significance.Interval([.. values.Reverse()]).Low.ShouldBe(Significance.Interval(values).Low, .01);
        Significance.PairedP(values, [.. values.Reverse()]).ShouldBe(Significance.PairedP(values, [.. values.Reverse()]));
        Significance.Ends(values).ShouldBe([Significance.Interval(values).Low, Significance.Interval(values).High]);
        Significance.Interval([]).ShouldBe((0, 0));
    }

    [Fact]
    public void A_paired_test_on_few_pairs_counts_the_exchanges()
    {
        // Of the 2^4 ways to sign four equal differences, two are as extreme: p = 1/8.
        Significance.PairedP([1, 1, 1, 1], [0, 0, 0, 0]).ShouldBe(1 / 8d, .02);
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
