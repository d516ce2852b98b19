using Shouldly;
using Xunit;
using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

public sealed class TagChainTests
{
    private const int Words = 4;

    private static readonly string[] Tags = ["O", "B-a", "I-a", "B-b", "I-b"];

    [Fact]
    public void The_likelihood_is_that_of_counting_all_paths()
    {
        manual_seed(3);
        var chain = RandomChain();
        var emissions = randn(2, Words, Tags.Length);
        long[] tags = [0, 1, 2, 3, 3, 4, 0, 0];
        bool[] mask = [true, true, true, true, true, true, false, false];

        var likelihood = chain.LogLikelihood(emissions, tensor(tags, [2, Words]), tensor(mask, [2, Words])).data<float>().ToArray();

        likelihood[0].ShouldBe(CountAll(chain, emissions[0], [0, 1, 2, 3]), 1e-4f);
        likelihood[1].ShouldBe(CountAll(chain, emissions[1], [3, 4]), 1e-4f);
    }

    [Fact]
    public void Gradients_are_the_differences_that_small_steps_make()
    {
        manual_seed(4);
        var chain = RandomChain();
        var emissions = randn(1, Words, Tags.Length);
        var (tags, mask) = (tensor(new long[] { 1, 2, 0, 3 }, [1, Words]), tensor(new[] { true, true, true, true }, [1, Words]));
        chain.LogLikelihood(emissions, tags, mask).sum().backward();
        var gradient = chain.Transitions.grad!.reshape(-1).data<float>().ToArray();

        for (var i = 0; i < gradient.Length; i++)
        {
            var rise = Shift(chain, i, 0.01f, emissions, tags, mask) - Shift(chain, i, -0.01f, emissions, tags, mask);
            gradient[i].ShouldBe(rise / 0.02f, 2e-3f);
        }
    }

    [Fact]
    public void A_path_that_BIO_does_not_allow_is_as_good_as_impossible()
    {
        var likelihood = RandomChain().LogLikelihood(zeros(1, 2, Tags.Length), tensor(new long[] { 1, 4 }, [1, 2]), tensor(new[] { true, true }, [1, 2]));

        likelihood.item<float>().ShouldBeLessThan(-1000);
    }

    private static float Shift(TagChain chain, int place, float by, Tensor emissions, Tensor tags, Tensor mask)
    {
        using var _ = no_grad();
        var value = chain.Transitions.reshape(-1)[place];
        value.add_(by);
        var likelihood = chain.LogLikelihood(emissions, tags, mask).item<float>();
        value.sub_(by);
        return likelihood;
    }

    private static TagChain RandomChain()
    {
        using var _ = no_grad();
        var chain = new TagChain(Tags);
        chain.Transitions.copy_(randn(Tags.Length, Tags.Length));
        chain.Starts.copy_(randn(Tags.Length));
        return chain;
    }

    private static float CountAll(TagChain chain, Tensor emissions, int[] path)
    {
        var (starts, moves, scores) = (chain.RuledStarts.data<float>().ToArray(), chain.RuledTransitions.data<float>().ToArray(), emissions.data<float>().ToArray());
        double Score(IReadOnlyList<int> tags) => starts[tags[0]] + tags.Select((tag, word) => scores[(word * Tags.Length) + tag] + (word == 0 ? 0 : moves[(tags[word - 1] * Tags.Length) + tag])).Sum(part => (double)part);
        IEnumerable<int[]> paths = [[]];
        foreach (var _ in path)
        {
            paths = [.. paths.SelectMany(start => Enumerable.Range(0, Tags.Length).Select(tag => (int[])[.. start, tag]))];
        }

        return (float)(Score(path) - Math.Log(paths.Sum(other => Math.Exp(Score(other)))));
    }
}
