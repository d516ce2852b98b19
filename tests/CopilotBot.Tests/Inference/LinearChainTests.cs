using CopilotBot.Inference;

namespace CopilotBot.Tests.Inference;

public sealed class LinearChainTests
{
    private const double Step = 1e-5;

    private static readonly string[] Tags = ["O", "B-x", "I-x", "B-y", "I-y"];

    private readonly double[] _transitions = Randoms(25, seed: 1);

    private readonly double[] _starts = Randoms(5, seed: 2);

    private readonly double[][] _scores = [.. Enumerable.Range(0, 4).Select(word => Randoms(5, seed: 3 + word))];

    private readonly int[] _labels = [0, 1, 2, 3];

    [Fact]
    public void The_partition_function_is_the_sum_over_all_sequences_that_may_be()
    {
        var sequences = Sequences();

        sequences.Count.ShouldBe(153); // by hand: (O, other) is (1, 2) at first, then (O + other, 2 O + 3 other)
        Chain().LogPartition(_scores).ShouldBe(Math.Log(sequences.Sum(sequence => Math.Exp(ScoreOf(sequence)))), 1e-10);
    }

    [Fact]
    public void Marginals_are_the_shares_of_the_sequences_that_have_the_tag()
    {
        var sequences = Sequences();
        var total = sequences.Sum(sequence => Math.Exp(ScoreOf(sequence)));

        var marginals = Chain().Marginals(_scores);

        for (var word = 0; word < 4; word++)
        {
            marginals[word].Sum().ShouldBe(1, 1e-10);
            for (var tag = 0; tag < 5; tag++)
            {
                marginals[word][tag].ShouldBe(sequences.Where(sequence => sequence[word] == tag).Sum(sequence => Math.Exp(ScoreOf(sequence))) / total, 1e-10);
            }
        }
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        var gradient = new ChainGradient(5);
        var chain = Chain();
        var (loss, byScores) = chain.AddGradient(_scores, _labels, gradient);
        var byTransitions = new double[25];
        chain.AddTransitions(gradient, byTransitions);

        loss.ShouldBe(LossOf(), 1e-12);
        for (var word = 0; word < 4; word++)
        {
            ShouldBeDerivatives(_scores[word], byScores[word]);
        }

        ShouldBeDerivatives(_transitions, byTransitions);
        ShouldBeDerivatives(_starts, gradient.Starts);
    }

    [Fact]
    public void Scores_of_any_size_stay_numbers()
    {
        double[][] large = [.. _scores.Select(word => word.Select(score => 600 * score).ToArray())];

        double.IsFinite(Chain().LogPartition(large)).ShouldBeTrue();
        Chain().Marginals(large).ShouldAllBe(word => word.All(double.IsFinite));
    }

    [Fact]
    public void The_decoder_finds_the_best_sequence_of_all()
    {
        var decoder = new BioDecoder(Tags, [.. _transitions.Select(value => (float)value)], [.. _starts.Select(value => (float)value)]);

        decoder.Decode(_scores).ShouldBe(Sequences().MaxBy(ScoreOf)!);
    }

    private static double[] Randoms(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static List<int[]> Sequences()
    {
        List<int[]> sequences = [[]];
        for (var word = 0; word < 4; word++)
        {
            sequences = [.. sequences.SelectMany(before => Enumerable.Range(0, 5).Where(tag => BioRules.Allows(before is [.., var last] ? Tags[last] : null, Tags[tag])).Select(tag => (int[])[.. before, tag]))];
        }

        return sequences;
    }

    private LinearChain Chain() => new(Tags, _transitions, _starts);

    private double LossOf() => Chain().LogPartition(_scores) - ScoreOf(_labels);

    private double ScoreOf(int[] sequence) =>
        _starts[sequence[0]] + sequence.Select((tag, word) => _scores[word][tag]).Sum() + sequence.Zip(sequence.Skip(1), (from, to) => _transitions[(from * 5) + to]).Sum();

    private void ShouldBeDerivatives(double[] parameters, double[] derivatives)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            var kept = parameters[i];
            parameters[i] = kept + Step;
            var above = LossOf();
            parameters[i] = kept - Step;
            var below = LossOf();
            parameters[i] = kept;
            derivatives[i].ShouldBe((above - below) / (2 * Step), 1e-8);
        }
    }
}
