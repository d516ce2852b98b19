using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class EvalAnswersCommandTests
{
    [Fact]
    public async Task A_set_of_questions_is_scored_with_the_documented_names()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        handbook.Write("set.jsonl", """
            {"id":"1","question":"What is the daily meal allowance in Lisbon?","doc_id":"travel.md","must_have":["42"],"kind":"number"}
            {"id":"2","question":"Who won the chess world championship in 1972?","doc_id":null,"must_have":[],"kind":"unanswerable"}
            """);

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--json");

        run.Exit.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(
        [
            "n", "pageAt1", "pageAt3", "pageAt5", "answerInChunks1", "answerInChunks3", "answerInChunks5", "rightAndCited",
            "unanswerableAnswered", "meanAnswerWords", "threshold", "latencyMs", "ci", "verdicts", "kinds", "curve", "pipelines", "everyStage", "stagesMs", "set", "date", "settings",
        ]);
        json.RootElement.GetProperty("n").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("pageAt1").GetDouble().ShouldBe(1);
        json.RootElement.GetProperty("answerInChunks3").GetDouble().ShouldBe(1);
        json.RootElement.GetProperty("rightAndCited").GetDouble().ShouldBe(1);
        json.RootElement.GetProperty("unanswerableAnswered").GetDouble().ShouldBe(0);
        json.RootElement.GetProperty("latencyMs").GetProperty("p95").GetDouble().ShouldBeGreaterThan(0);
        json.RootElement.GetProperty("ci").GetProperty("answerInChunks3").EnumerateArray().Select(end => end.GetDouble()).ShouldBe([1, 1]);
        json.RootElement.GetProperty("kinds").EnumerateObject().Select(kind => kind.Name).ShouldBe(["number", "unanswerable"]);
        json.RootElement.GetProperty("pipelines").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("everyStage").GetDouble().ShouldBe(1);
        json.RootElement.GetProperty("stagesMs").EnumerateObject().Select(stage => stage.Name).ShouldContain("answer");
        json.RootElement.GetProperty("set").GetString().ShouldBe("set");
        json.RootElement.GetProperty("settings").GetProperty("retrieval").GetProperty("depth").GetInt32().ShouldBe(150);
    }

    [Fact]
    public async Task The_curve_knows_what_the_threshold_holds_back()
    {
        using var handbook = await AskedHandbookAsync();

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--json");

        using var json = JsonDocument.Parse(run.Out);
        var (threshold, curve) = (json.RootElement.GetProperty("threshold").GetDouble(), json.RootElement.GetProperty("curve").EnumerateArray().ToList());
        json.RootElement.GetProperty("unanswerableAnswered").GetDouble().ShouldBe(0);
        curve[0].GetProperty("threshold").GetDouble().ShouldBe(0);
        curve[0].GetProperty("unanswerableAnswered").GetDouble().ShouldBe(1);
        curve[^1].GetProperty("unanswerableAnswered").GetDouble().ShouldBe(0);
        curve.Single(point => point.GetProperty("threshold").GetDouble() == threshold).GetProperty("rightAndCited").GetDouble()
            .ShouldBe(json.RootElement.GetProperty("rightAndCited").GetDouble());
    }

    [Fact]
    public async Task Pages_and_passages_are_scored_by_pipeline_when_asked_for()
    {
        using var handbook = await AskedHandbookAsync();

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--pipelines", "--json");

        using var json = JsonDocument.Parse(run.Out);
        var pipelines = json.RootElement.GetProperty("pipelines");
        pipelines.EnumerateObject().Select(pipeline => pipeline.Name).ShouldBe(["bm25", "dense", "fused", "late", "full"]);
        foreach (var share in (string[])["pageAt1", "pageAt3", "pageAt5", "answerInChunks1", "answerInChunks3", "answerInChunks5"])
        {
            pipelines.GetProperty("full").GetProperty(share).GetDouble().ShouldBe(json.RootElement.GetProperty(share).GetDouble(), share);
        }
    }

    [Fact]
    public async Task A_table_by_kind_and_the_curve_are_printed_for_people()
    {
        using var handbook = await AskedHandbookAsync();

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--pipelines");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldContain("7 questions, answered at a confidence of");
        run.Out.ShouldContain("| kind | n | page at 1 |");
        run.Out.ShouldContain("| threshold | unanswerable answered |");
        run.Out.ShouldContain("| set (7) | bm25 |");
    }

    [Theory]
    [InlineData("right", "verdict     right: it holds all the words and cites a right page")]
    [InlineData("page", "verdict     page not retrieved")]
    [InlineData("chunks", "verdict     words not in the chunks: the right page is number 1, but the passages do not hold \"zebra\"")]
    [InlineData("chosen", "verdict     words not chosen: the passages hold them, the answer lacks \"clock of the laptop\"")]
    [InlineData("cited", "verdict     cited wrong page")]
    [InlineData("held", "verdict     abstained: the words are in the passages,")]
    [InlineData("none", "verdict     right: nothing answers it, and nothing was answered")]
    public async Task A_question_is_explained_down_to_what_went_wrong(string id, string verdict)
    {
        using var handbook = await AskedHandbookAsync();

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--explain", id);

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldContain(verdict);
    }

    [Fact]
    public async Task An_explanation_shows_the_passages_stage_by_stage_and_the_answer()
    {
        using var handbook = await AskedHandbookAsync();

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--explain", "right");

        run.Out.ShouldContain("question    right: What is the daily meal allowance in Lisbon?");
        run.Out.ShouldContain("pages       travel.md");
        run.Out.ShouldContain("must have   \"42\"");
        run.Out.ShouldMatch(@"\* 1  handbook:file:travel\.md/\w+  holds ""42""\n.*42 euros.*\n     bm25 #1 \d+\.\d+   dense #1 0\.\d+   fused #1 \d+\.\d+   late #1 0\.\d+   final #1 \d+\.\d+");
        run.Out.ShouldMatch(@"confidence  0\.\d+ against a threshold of 0\.\d+");
        run.Out.ShouldContain("answer      Grounded");
        run.Out.ShouldContain("[1] handbook:file:travel.md *");
    }

    [Fact]
    public async Task A_question_that_was_held_back_is_shown_with_what_it_would_have_been_answered()
    {
        using var handbook = await AskedHandbookAsync();

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--explain", "none");

        run.Out.ShouldContain("answer      NoEvidence");
        run.Out.ShouldContain("held back   nothing answers it");
    }

    [Fact]
    public async Task An_explanation_is_of_a_question_of_the_set_and_text()
    {
        using var handbook = await AskedHandbookAsync();

        var unknown = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--explain", "x");
        var json = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--explain", "right", "--json");

        (unknown.Exit, unknown.Sentence).ShouldBe((1, "The set has no question 'x': name one of its ids, such as right."));
        (json.Exit, json.Sentence).ShouldBe((2, "--explain prints text about one question: leave --json and --pipelines out. Add --help to see what is possible."));
    }

    [Theory]
    [InlineData("nowhere", "set.jsonl", "There is no source 'nowhere'; the sources are handbook.")]
    [InlineData("handbook", "nothing.jsonl", "nothing.jsonl' does not exist")]
    [InlineData("handbook", "corrupt.jsonl", "Line 2 of ")]
    public async Task What_cannot_be_scored_is_told_in_one_sentence(string source, string set, string words)
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        handbook.Write("set.jsonl", "{\"id\":\"1\",\"question\":\"x\"}\n");
        handbook.Write("corrupt.jsonl", "{\"id\":\"1\",\"question\":\"x\"}\n{\"id\":\n");

        var run = await handbook.RunAsync("eval", "answers", "--source", source, "--set", set);

        run.Exit.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Sentence.ShouldContain(words);
    }

    /// <summary>A question for everything that can become of one.</summary>
    private static async Task<Handbook> AskedHandbookAsync()
    {
        var handbook = new Handbook();
        await handbook.AddAsync();
        handbook.Write("set.jsonl", """
            {"id":"right","question":"What is the daily meal allowance in Lisbon?","doc_id":"travel.md","must_have":["42"],"kind":"number"}
            {"id":"page","question":"What is the daily meal allowance in Lisbon?","doc_id":"gone.md","must_have":["42"],"kind":"number"}
            {"id":"chunks","question":"What is the daily meal allowance in Lisbon?","doc_id":"travel.md","must_have":["zebra"],"kind":"number"}
            {"id":"chosen","question":"What does VPN-4021 mean?","doc_id":"vpn.md","must_have":["has expired","clock of the laptop"],"kind":"table"}
            {"id":"cited","question":"What is the daily meal allowance in Lisbon?","doc_id":"vpn.md","must_have":["42"],"kind":"number"}
            {"id":"held","question":"Who won the chess world championship in 1972?","doc_id":"travel.md","must_have":["flights"],"kind":"fact"}
            {"id":"none","question":"Who won the chess world championship in 1972?","doc_id":null,"must_have":[],"kind":"unanswerable"}
            """);
        return handbook;
    }
}
