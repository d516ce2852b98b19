using CopilotBot.Extraction;
using CopilotBot.Extraction.Training;
using CopilotBot.Inference;
using CopilotBot.Tests.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Extraction.Training;

public sealed class HeadTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly HeadTraining _training = new(TimeProvider.System);

    [Fact]
    public async Task Heads_learn_a_set_and_their_folder_is_a_whole_model()
    {
        _folder.Write("set.jsonl", TinySet.Write());

        var report = await TrainAsync("out");

        (report.Dev.IntentAccuracy, report.Dev.SlotF1, report.Test!.IntentAccuracy, report.Test.SlotF1, report.Test.Exact).ShouldBe((1, 1, 1, 1, 1));
        (report.Sizes, report.OutOfScopeThreshold).ShouldBe((new TrainingSizes(120, 30, 30, 2, 5), null));
        var model = ModelEntry.InFolder(_folder.In("out"), ModelRole.Tagger);
        model.Verify();
        model.Files.ShouldContain(file => file.Name == TaggerHeads.FileName);
        File.ReadAllText(_folder.In("out", "report.json")).ShouldContain("\"intentAccuracy\": 1");
        using var tagger = new OnnxTokenTagger(model);
        const string text = "please open a ticket for the coffee machine in new york";
        (await tagger.TagAsync(text, TestContext.Current.CancellationToken)).Spans.Select(span => $"{span.Label}={span.Span.Of(text)}").ShouldBe(["system=coffee machine", "location=new york"]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_heads_to_the_bit()
    {
        _folder.Write("set.jsonl", TinySet.Write());

        await TrainAsync("first");
        await TrainAsync("second");
        await TrainAsync("third", seed: 2);

        HeadsIn("second").ShouldBe(HeadsIn("first"));
        HeadsIn("third").ShouldNotBe(HeadsIn("first"));
    }

    [Fact]
    public async Task What_is_out_of_scope_is_told_from_the_rest_by_one_line()
    {
        _folder.Write("set.jsonl", TinySet.Write(outOfScope: true));

        var report = await TrainAsync("out");

        report.OutOfScopeThreshold.ShouldNotBeNull();
        (report.Test!.IntentAccuracy, report.Test.OutOfScopeRecall).ShouldBe((1, 1));
        report.Sizes.Intents.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_without_splits_has_a_part_of_it_held_back()
    {
        _folder.Write("set.jsonl", TinySet.Write(train: 100, dev: 0, test: 0).Replace("""
            ,"split":"train"
            """.Trim(), ""));

        var report = await TrainAsync("out");

        (report.Sizes.Train, report.Sizes.Dev, report.Test).ShouldBe((90, 10, null));
    }

    [Fact]
    public async Task A_set_of_intents_alone_gives_heads_without_tags()
    {
        _folder.Write("set.jsonl", string.Concat(Enumerable.Range(0, 40).Select(i => $$"""{ "text": "{{(i % 2 == 0 ? "open ticket" : "find room")}}", "intent": "i{{i % 2}}", "split": "{{(i < 30 ? "train" : "val")}}" }""" + "\n")));

        var report = await TrainAsync("out");

        (report.Dev.IntentAccuracy, report.Dev.SlotF1, report.TagContext).ShouldBe((1, null, null));
    }

    [Theory]
    [InlineData("""{ "text": "open", "intent": "a", "tokens": ["open"], "tags": ["O", "O"] }""", "Line 2")]
    [InlineData("""{ "text": "open", "intent": "a", "tokens": ["close"], "tags": ["O"] }""", "'close' is not in the text")]
    [InlineData("""{ "text": "open" }""", "Line 2")]
    [InlineData("not JSON", "Line 2")]
    [InlineData("", "of 1 intents")]
    public async Task A_set_that_cannot_be_trained_on_says_why(string line, string expected)
    {
        _folder.Write("set.jsonl", """{ "text": "open", "intent": "a" }""" + "\n" + line + "\n");

        (await Should.ThrowAsync<LabelledSetException>(() => TrainAsync("out"))).Message.ShouldContain(expected);
        Directory.Exists(_folder.In("out")).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private byte[] HeadsIn(string folder) => File.ReadAllBytes(_folder.In(folder, TaggerHeads.FileName));

    private async Task<TrainingReport> TrainAsync(string folder, int seed = 1) => await _training.RunAsync(
        TinyTagger.Write(_folder), _folder.In("set.jsonl"), _folder.In(folder), HeadTraining.DefaultDevShare, seed, _ => { }, TestContext.Current.CancellationToken);
}
