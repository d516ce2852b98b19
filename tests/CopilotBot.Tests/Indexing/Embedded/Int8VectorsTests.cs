using CopilotBot.Indexing;

namespace CopilotBot.Tests.Indexing.Embedded;

public sealed class Int8VectorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(384)]
    [InlineData(1000)]
    public void A_dot_product_is_the_sum_of_products(int dimensions)
    {
        var random = new Random(dimensions);
        var query = Int8Vectors.QuantiseQuery(Sample.UnitVector(random, dimensions));
        var stored = Int8Vectors.Quantise(Sample.UnitVector(random, dimensions));

        Int8Vectors.Dot(query, stored).ShouldBe(query.Zip(stored, (left, right) => left * right).Sum());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(64)]
    [InlineData(390)]
    public void A_cosine_of_stored_vectors_is_their_sum_of_products(int dimensions)
    {
        var random = new Random(dimensions);
        var left = Int8Vectors.Quantise(Sample.UnitVector(random, dimensions));
        var right = Int8Vectors.Quantise(Sample.UnitVector(random, dimensions));

        Int8Vectors.Cosine(left, right).ShouldBe(left.Zip(right, (a, b) => a * b).Sum() / (127f * 127f));
    }

    [Theory]
    [InlineData(1, 5, 64)]
    [InlineData(7, 3, 64)]
    [InlineData(8, 1, 64)]
    [InlineData(21, 40, 64)]
    [InlineData(16, 9, 64)]
    [InlineData(9, 4, 24)]
    [InlineData(3, 0, 64)]
    public void Blocks_of_query_tokens_give_what_one_token_at_a_time_gives(int queryTokens, int passageTokens, int dimensions)
    {
        var random = new Random(queryTokens);
        var query = Int8Vectors.QuantiseQueryRows([.. Enumerable.Range(0, queryTokens).SelectMany(_ => Sample.UnitVector(random, dimensions))], dimensions);
        sbyte[] passage = [.. Enumerable.Range(0, passageTokens).SelectMany(_ => Int8Vectors.Quantise(Sample.UnitVector(random, dimensions)))];
        var best = new float[queryTokens];

        TokenSimilarity.Best(query, passage, dimensions, best);

        best.ShouldBe(query.Chunk(dimensions).Select(row => passageTokens == 0
            ? -1
            : passage.Chunk(dimensions).Max(token => row.Zip(token, (left, right) => left * right).Sum()) * Int8Vectors.Scale));
    }

    [Fact]
    public void Extreme_values_do_not_overflow()
    {
        sbyte[] stored = [.. Enumerable.Repeat((sbyte)-127, 384)];
        short[] query = [.. Enumerable.Repeat(short.MaxValue, 384)];

        Int8Vectors.Dot(query, stored).ShouldBe(384 * -127 * short.MaxValue);
    }

    [Fact]
    public void Cosines_are_right_to_a_hundredth()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var left = Sample.UnitVector(random, 384);
            var right = Sample.UnitVector(random, 384);
            var cosine = left.Zip(right, (a, b) => a * b).Sum();

            (Int8Vectors.Dot(Int8Vectors.QuantiseQuery(left), Int8Vectors.Quantise(right)) * Int8Vectors.Scale).ShouldBe(cosine, 0.01f);
        }
    }

    [Fact]
    public void A_query_without_length_matches_nothing() => Int8Vectors.QuantiseQuery(new float[20]).ShouldAllBe(value => value == 0);
}
