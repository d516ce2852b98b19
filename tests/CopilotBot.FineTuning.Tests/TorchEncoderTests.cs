using CopilotBot.Inference;
using Shouldly;
using Xunit;

namespace CopilotBot.FineTuning;

public sealed class TorchEncoderTests : IDisposable
{
    private readonly OnnxTokenTagger _tagger = new(ShippedTagger.Model);

    private readonly OnnxWeights _weights = ShippedTagger.ReadWeights();

    private Batching Batching => new(new LabelNames([""], []), _tagger);

    [Fact]
    public async Task States_are_those_of_the_ONNX_network_when_inputs_of_matrices_are_rounded_as_it_rounds_them()
    {
        var texts = ShippedTagger.GoldenTexts(_tagger);
        var encoder = new TorchEncoder(_weights) { Rounds = true };

        var states = texts.Select(text => StateReader.Read(encoder, Batching, [text]).Single()).ToList();

        var difference = DifferenceOf(states, await StateReader.ReadAsync(ShippedTagger.Model, texts, TestContext.Current.CancellationToken));
        difference.Mean.ShouldBeLessThan(0.02, difference.ToString());
        difference.Largest.ShouldBeLessThan(0.4, difference.ToString());
    }

    [Fact]
    public async Task Without_rounding_states_and_logits_are_those_of_the_ONNX_network_but_for_the_error_of_its_dynamic_quantisation()
    {
        var texts = ShippedTagger.GoldenTexts(_tagger);
        var heads = ShippedTagger.OwnHeads(_weights);

        var trained = Reading.Of(heads, texts, StateReader.Read(new TorchEncoder(_weights), Batching, texts));

        var written = Reading.Of(heads, texts, await StateReader.ReadAsync(ShippedTagger.Model, texts, TestContext.Current.CancellationToken));
        var cost = QuantizationCost.Of(trained, written);
        TestContext.Current.SendDiagnosticMessage(cost.ToString());
        cost.States.Mean.ShouldBeLessThan(0.07);
        cost.IntentScores.Largest.ShouldBeLessThan(0.5);
        cost.TagScores.Mean.ShouldBeLessThan(0.15);
    }

    [Fact]
    public async Task Heads_read_from_the_states_give_the_logits_that_the_network_itself_gives()
    {
        var texts = ShippedTagger.GoldenTexts(_tagger);

        var read = Reading.Of(ShippedTagger.OwnHeads(_weights), texts, await StateReader.ReadAsync(ShippedTagger.Model, texts, TestContext.Current.CancellationToken));

        for (var text = 0; text < texts.Count; text++)
        {
            var own = await _tagger.ReadAsync(texts[text].Message.Text, TestContext.Current.CancellationToken);
            read.IntentScores[text].IndexOf(read.IntentScores[text].Max()).ShouldBe(own.IntentLogProbabilities.IndexOf(own.IntentLogProbabilities.Max()));
            var first = read.IntentScores[text];
            (first[0] - first[1]).ShouldBe((float)(own.IntentLogProbabilities[0] - own.IntentLogProbabilities[1]), 0.1f);
        }
    }

    [Fact]
    public void Texts_that_are_padded_have_the_states_they_have_alone()
    {
        var texts = ShippedTagger.GoldenTexts(_tagger);
        var encoder = new TorchEncoder(_weights);

        var together = StateReader.Read(encoder, Batching, texts);

        var alone = texts.Select(text => StateReader.Read(encoder, Batching, [text]).Single());
        DifferenceOf(together, alone).Largest.ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void Adapters_begin_as_no_change_and_their_merged_weights_give_the_states_that_they_gave()
    {
        var texts = ShippedTagger.GoldenTexts(_tagger);
        var encoder = new TorchEncoder(_weights, rank: 2);
        var before = StateReader.Read(encoder, Batching, texts);
        DifferenceOf(before, StateReader.Read(new TorchEncoder(_weights), Batching, texts)).Largest.ShouldBeLessThan(1e-6);

        using (TorchSharp.torch.no_grad())
        {
            foreach (var (parameter, _) in encoder.Trained)
            {
                parameter.add_(0.01);
            }
        }

        var adapted = StateReader.Read(encoder, Batching, texts);
        DifferenceOf(before, adapted).Largest.ShouldBeGreaterThan(0.01);
        DifferenceOf(adapted, StateReader.Read(new TorchEncoder(_weights, encoder.Merged()), Batching, texts)).Largest.ShouldBeLessThan(1e-3);
    }

    private static Difference DifferenceOf(IEnumerable<TokenStates> first, IEnumerable<TokenStates> second) => Difference.Of(first.Select(states => states.WordStates), second.Select(states => states.WordStates));

    public void Dispose() => _tagger.Dispose();
}
