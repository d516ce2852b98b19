using CopilotBot.Extraction;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using Shouldly;
using Xunit;

namespace CopilotBot.FineTuning;

public sealed class ExampleTests : IDisposable
{
    private readonly OnnxTokenTagger _tagger = new(ShippedTagger.Model);

    [Fact]
    public void Words_of_the_set_become_the_words_of_the_tagger_with_the_same_characters()
    {
        var message = new LabelledMessage("play top-20 unfathomably", [new TextSpan(0, 4), new TextSpan(5, 6), new TextSpan(12, 12)], ["O", "B-list", "O"], "Play", false, "train", null, null);

        var example = Example.Of([message], _tagger).Single();

        example.Tokens.Words.Select(word => word.Of(message.Text)).ShouldBe(["play", "top", "-", "20", "unfathomably"]);
        example.Labelled.Tags.ShouldBe(["O", "B-list", "I-list", "I-list", "O"]);
        example.Labelled.Pieces.SelectMany(word => word).ShouldBe(example.Tokens.TokenIds.Skip(1).SkipLast(1));
        example.Labelled.Pieces[4].Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Swapped_values_come_from_other_messages_of_the_same_slot()
    {
        var (first, second) = (Tagged("call anna maria now", "O", "B-person", "I-person", "O"), Tagged("ask bob", "O", "B-person"));
        var swap = new ValueSwap([first, second]);
        var random = new Random(1);

        var swapped = Enumerable.Range(0, 20).Select(_ => swap.Apply(first, 1, random)).ToList();

        swapped.ShouldContain(text => text.Tags.SequenceEqual(new[] { "O", "B-person", "O" }) && text.Pieces[1] == second.Pieces[1]);
        swapped.ShouldAllBe(text => text.Pieces[0] == first.Pieces[0] && text.Pieces[text.Pieces.Count - 1] == first.Pieces[3]);
        swap.Apply(first, 0, random).Pieces.ShouldBe(first.Pieces);
    }

    public void Dispose() => _tagger.Dispose();

    private TaggedPieces Tagged(string text, params string[] tags) =>
        Example.Of([new LabelledMessage(text, _tagger.Tokenize(text).Words, tags, "x", false, "train", null, null)], _tagger).Single().Labelled;
}
