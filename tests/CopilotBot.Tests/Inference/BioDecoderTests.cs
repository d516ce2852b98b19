using CopilotBot.Inference;

namespace CopilotBot.Tests.Inference;

public sealed class BioDecoderTests
{
    private static readonly string[] Tags = ["O", "B-x", "I-x", "B-y", "I-y"];

    private readonly BioDecoder _decoder = new(Tags);

    [Fact]
    public void An_inside_needs_a_beginning_of_its_own_label()
    {
        // Greedily I-x, I-y: no span begins. The best path that may be is B-x I-x or B-y I-y, of which the second is likelier.
        Decode([.1, .2, .5, .2, .0], [.1, .0, .3, .0, .6]).ShouldBe(["B-y", "I-y"]);
    }

    [Fact]
    public void A_sequence_that_may_be_stays() => Decode([.1, .8, .0, .1, .0], [.1, .0, .9, .0, .0], [.9, .0, .1, .0, .0]).ShouldBe(["B-x", "I-x", "O"]);

    [Fact]
    public void No_words_no_tags() => _decoder.Decode([]).ShouldBeEmpty();

    private IEnumerable<string> Decode(params double[][] probabilities) =>
        _decoder.Decode([.. probabilities.Select(word => word.Select(probability => Math.Log(probability)).ToArray())]).Select(tag => Tags[tag]);
}
