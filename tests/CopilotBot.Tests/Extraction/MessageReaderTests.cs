using CopilotBot.Evaluation.Messages;
using CopilotBot.Extraction;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Extraction;

public sealed class MessageReaderTests
{
    [Fact]
    public async Task A_key_is_a_span_of_its_own_and_never_half_of_one()
    {
        const string Text = "pls close NIMBUS-40231, same as INC0048213";

        var spans = (await ShippedReader.Reader.ReadAsync(Text, TestContext.Current.CancellationToken)).Spans.Where(span => span.Label == Slots.TicketKey).Select(span => span.Span.Of(Text));

        spans.ShouldBe(["NIMBUS-40231", "INC0048213"]);
    }

    [Fact]
    public void Half_a_key_becomes_a_whole_one_and_marks_around_a_span_go()
    {
        const string Text = "VPN-42 on gate 4, since May";
        var reading = new TaggedText([("find_ticket", 1)], [new TaggedSpan(Slots.TicketKey, new TextSpan(4, 2), .9), new TaggedSpan(Slots.Location, new TextSpan(10, 7), .8)]);

        var repaired = SpanRepair.Apply(Text, reading);

        repaired.Spans.Select(span => span.Span.Of(Text)).ShouldBe(["VPN-42", "gate 4"]);
    }

    [Theory]
    [InlineData("the form is SOP-0417")]
    [InlineData("a well-known issue of 2-3 people")]
    public void Numbers_of_forms_are_no_keys(string text) => SpanRepair.Apply(text, new TaggedText([("ask_question", 1)], [])).Spans.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("🙂")]
    [InlineData("\n\n")]
    public async Task Messages_without_words_are_read_too(string text) => (await ShippedReader.Reader.ReadAsync(text, TestContext.Current.CancellationToken)).Spans.ShouldBeEmpty();

    [Fact]
    public async Task Messages_of_industries_that_nothing_was_fitted_on_are_read_as_well_as_recorded()
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", "tickets-messages", "data.jsonl");
        Assert.SkipUnless(File.Exists(path), $"needs {path}");

        var report = await MessageEvaluator.RunAsync(ShippedReader.Reader, LabelledSet.Read(path, "test"), TestContext.Current.CancellationToken);

        report.IntentAccuracy!.Value.ShouldBeGreaterThanOrEqualTo(.93);
        report.SlotF1!.Value.ShouldBeGreaterThanOrEqualTo(.74);
        report.FieldMicroF1!.Value.ShouldBeGreaterThanOrEqualTo(.78);
    }
}
