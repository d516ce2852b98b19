using CopilotBot.Indexing;
using CopilotBot.Retrieval;
using CopilotBot.Tests.Indexing;

namespace CopilotBot.Tests.Retrieval;

public sealed class ScoresTests
{
    [Fact]
    public void Z_scores_have_mean_0_and_deviation_1()
    {
        var z = ZScores([3, 1, 4, 1, 5, 9, 2, 6]);

        z.Average().ShouldBe(0, 1e-12);
        z.Average(value => value * value).ShouldBe(1, 1e-12);
        Array.IndexOf(z, z.Max()).ShouldBe(5);
    }

    [Fact]
    public void Scores_that_do_not_differ_say_nothing()
    {
        ZScores([2.5f, 2.5f, 2.5f]).ShouldAllBe(z => z == 0);
        ZScores([7]).ShouldBe([0]);
        ZScores([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_score_outside_of_the_pool_is_weighed_by_the_pool() => Signal.Over([1, 3], 2).Of(5).ShouldBe(6);

    [Fact]
    public void Late_interaction_is_the_weighted_mean_of_the_best_cosines()
    {
        const int dimensions = 16;
        var random = new Random(5);
        float[][] query = [.. Enumerable.Range(0, 4).Select(_ => Sample.UnitVector(random, dimensions))];
        float[][] passage = [.. Enumerable.Range(0, 9).Select(_ => Sample.UnitVector(random, dimensions))];
        float[] weights = [1, 0, 2.5f, 0.5f];
        var expected = query.Select((q, i) => weights[i] * passage.Max(p => q.Zip(p, (a, b) => a * b).Sum())).Sum() / weights.Sum();

        var score = LateInteractionReranker.Score(
            Int8Vectors.QuantiseQueryRows(query.SelectMany(row => row).ToArray(), dimensions), weights, Int8Vectors.Quantise(passage.SelectMany(row => row).ToArray()), dimensions);

        score.ShouldBe(expected, 0.01f); // stored vectors keep 8 bits
    }

    [Fact]
    public void Late_interaction_of_nothing_is_0()
    {
        LateInteractionReranker.Score([], [], [1, 2], 2).ShouldBe(0);
        LateInteractionReranker.WeightedMean([0.5f], [0]).ShouldBe(0);
    }

    [Theory]
    [InlineData("The allowance is 42 euros a day for meals in all cities", "The allowance is 42 euros a day for meals in all cities.", true)]
    [InlineData("The allowance is 42 euros a day for meals in all cities", "The allowance is 43 euros a day for meals in all cities", false)]
    [InlineData("The allowance is 42 euros a day for meals in all cities", "Printers are on the second floor of the building in the north", false)]
    public void Copies_are_near_duplicates_unless_a_number_differs(string left, string right, bool expected)
    {
        var duplicates = new NearDuplicates();

        duplicates.TryKeep(Indexed(left)).ShouldBeTrue();
        duplicates.TryKeep(Indexed(right)).ShouldBe(!expected);
    }

    /// <summary>Equal vectors: only the words tell them apart.</summary>
    private static double[] ZScores(float[] scores) => [.. scores.Select(Signal.Over(scores, 1).Of)];

    private static IndexedChunk Indexed(string text) => new(0, Sample.Chunk(Sample.Id("x"), 0, "Title", [], text), Sample.Public, [127, 0], [], [], 1);
}
