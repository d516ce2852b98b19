using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Inference;

public sealed class TaggerHeadsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Broken => new()
    {
        { "text", "is not a JSON object" },
        { "empty", "a list of names or a matrix is missing" },
        { "width", "do not fit the network's states of 16 numbers" },
        { "bias", "a bias has another length" },
        { "pooling", "pooling is none of" },
        { "context", "tagContext is neither" },
        { "transitions", "transitions and starts have another size" },
        { "starts", "transitions and starts belong together" },
        { "inside", "an I-x has no B-x" },
        { "outside", "the tag O is missing" },
        { "temperature", "temperature is not above zero" },
        { "threshold", "outOfScopeThreshold is not between 0 and 1" },
        { "infinite", "is not a number" },
    };

    [Fact]
    public async Task Intents_and_spans_come_from_the_heads_of_the_folder()
    {
        var heads = TinyTagger.Heads() with { Transitions = new float[9], Starts = [0, 0, 0], OutOfScopeThreshold = 0.9, Temperature = 0.5 };
        using var tagger = new OnnxTokenTagger(TinyTagger.WriteHeads(_folder, heads));

        var tagged = await tagger.TagAsync("coffee machine", TestContext.Current.CancellationToken);

        tagged.Intents[0].Intent.ShouldBe("open");
        tagged.Intents[0].Probability.ShouldBe(1 / (1 + Math.Exp(-2)), 1e-6); // logits 1 and 0, at temperature 0.5
        (tagged.InScope, tagged.OutOfScopeThreshold, tagged.IsOutOfScope).ShouldBe((tagged.Intents[0].Probability, 0.9, true));
        var span = tagged.Spans.ShouldHaveSingleItem();
        (span.Label, span.Span).ShouldBe(("system", new TextSpan(0, 14)));

        // B-system B-system, B-system I-system, B-system O, O B-system, O O with e^2, e^3, e, e, 1: the last word is least sure.
        span.Probability.ShouldBe(Math.Exp(3) / (Math.Exp(2) + Math.Exp(3) + (2 * Math.E) + 1), 1e-6);
    }

    [Fact]
    public async Task What_is_out_of_scope_may_be_decided_at_a_temperature_of_its_own()
    {
        var heads = TinyTagger.Heads() with { OutOfScopeThreshold = 0.6, OutOfScopeTemperature = 4 };
        using var tagger = new OnnxTokenTagger(TinyTagger.WriteHeads(_folder, heads));

        var tagged = await tagger.TagAsync("printer", TestContext.Current.CancellationToken);

        tagged.Intents[0].Probability.ShouldBe(1 / (1 + Math.Exp(-1)), 1e-6);
        tagged.InScope.ShouldBe(1 / (1 + Math.Exp(-0.25)), 1e-6);
        tagged.IsOutOfScope.ShouldBeTrue();
    }

    [Fact]
    public async Task Heads_without_tags_give_intents_alone()
    {
        var heads = TinyTagger.Heads() with { Tags = [], TagWeights = [], TagBias = [] };
        using var tagger = new OnnxTokenTagger(TinyTagger.WriteHeads(_folder, heads));

        var tagged = await tagger.TagAsync("coffee machine", TestContext.Current.CancellationToken);

        (tagged.Intents.Count, tagged.Spans.Count).ShouldBe((2, 0));
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Heads_that_do_not_fit_say_what_to_do(string kind, string expected)
    {
        var good = TinyTagger.Heads();
        var entry = TinyTagger.WriteHeads(_folder, kind switch
        {
            "width" => good with { TagWeights = new float[3 * 8] },
            "bias" => good with { TagBias = [0] },
            "pooling" => good with { Pooling = "last" },
            "context" => good with { TagContext = "all" },
            "transitions" => good with { Transitions = new float[4], Starts = [0, 0, 0] },
            "starts" => good with { Transitions = new float[9] },
            "inside" => good with { Tags = ["O", "B-system", "I-location"] },
            "outside" => good with { Tags = ["B-a", "B-system", "I-system"] },
            "temperature" => good with { Temperature = 0 },
            "threshold" => good with { OutOfScopeThreshold = 2 },
            "infinite" => good with { IntentBias = [float.PositiveInfinity, 0] },
            _ => good,
        });
        if (kind is "text" or "empty")
        {
            _folder.Write("base/heads.json", kind == "text" ? "no heads" : "{}");
        }

        using var tagger = new OnnxTokenTagger(entry);

        var error = await Should.ThrowAsync<ModelException>(() => tagger.TagAsync("printer", TestContext.Current.CancellationToken));

        error.Message.ShouldContain(expected);
        error.Message.ShouldContain("extract train");
    }

    [Fact]
    public async Task A_network_with_states_alone_needs_heads()
    {
        using var tagger = new OnnxTokenTagger(TinyTagger.Write(_folder));

        (await Should.ThrowAsync<ModelException>(() => tagger.TagAsync("printer", TestContext.Current.CancellationToken))).Message.ShouldContain("extract train --base");
    }

    [Fact]
    public void Heads_are_read_as_they_were_written_and_the_newer_parts_may_be_left_out()
    {
        var heads = TinyTagger.Heads() with { Transitions = [.. Enumerable.Range(0, 9).Select(i => i / 3f)], Starts = [1, 2, 3] };

        var read = TaggerHeads.Read(heads.Write());

        read.Transitions.ShouldBe(heads.Transitions);
        var old = System.Text.Json.Nodes.JsonNode.Parse(heads.Write())!.AsObject();
        old.Remove("tagContext").ShouldBeTrue();
        old.Remove("outOfScopeTemperature").ShouldBeTrue();
        TaggerHeads.Read(System.Text.Encoding.UTF8.GetBytes(old.ToJsonString())).HasNeighbours.ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();
}
