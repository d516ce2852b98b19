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
