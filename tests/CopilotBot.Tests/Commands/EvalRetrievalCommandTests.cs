using System.Text.Json;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Retrieval;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class EvalRetrievalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvalRetrievalCommandTests()
    {
        _folder.Write("set/corpus.jsonl", """
            {"id":"p1","title":"Passwords","text":"A forgotten password is reset in the self-service portal."}
            {"id":"p2","title":"Printers","text":"The printers take paper of the size A4 only."}
            {"id":"p3","title":"Canteen","text":"The canteen opens at noon."}
            {"id":"p4","title":"Passwords","text":"A forgotten password is reset in the self-service portal."}
            """);
        _folder.Write("set/queries.jsonl", """
            {"id":"q1","text":"how do I reset my password","exclude":["p4"]}
            {"id":"q2","text":"when does lunch begin"}
            {"id":"q3","text":"nobody judged this"}
            """);
        _folder.Write("set/qrels.jsonl", """
            {"query_id":"q1","doc_id":"p1","rel":1}
            {"query_id":"q2","doc_id":"p3","rel":1}
            {"query_id":"q2","doc_id":"p2","rel":0}
            """);
    }

    [Fact]
    public async Task Every_pipeline_is_scored_on_the_judged_queries()
    {
        var run = await RunAsync("--json");

        run.Exit.ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Out);
        (json.RootElement.GetProperty("set").GetString(), json.RootElement.GetProperty("n").GetInt32()).ShouldBe(("set", 2));
        var pipelines = json.RootElement.GetProperty("pipelines");
        pipelines.EnumerateObject().Select(pipeline => pipeline.Name).ShouldBe(["bm25", "dense", "fused", "late", "full"]);
        var full = pipelines.GetProperty("full");
        full.GetProperty("ndcgAt10").GetDouble().ShouldBe(1);
        full.GetProperty("hitAt1").GetDouble().ShouldBe(1);
        full.GetProperty("ci").GetProperty("ndcgAt10").EnumerateArray().Select(end => end.GetDouble()).ShouldBe([1, 1]);
        full.GetProperty("latencyMs").GetProperty("p95").GetDouble().ShouldBeGreaterThan(0);
        full.EnumerateObject().Select(property => property.Name).ShouldBe(
        [
            "ndcgAt10", "recallAt2", "recallAt5", "recallAt10", "recallAt100", "mrrAt10", "mapAt100", "allRecallAt5", "hitAt1", "ci", "pairedP", "everyStage", "latencyMs", "stagesMs",
        ]);
        full.GetProperty("pairedP").EnumerateObject().Select(pipeline => pipeline.Name).ShouldBe(["bm25", "dense", "fused", "late"]);
        full.GetProperty("everyStage").GetDouble().ShouldBe(1);
        full.GetProperty("stagesMs").EnumerateObject().Select(stage => stage.Name).ShouldContain("late");

        // "lunch" stands in no text: only meaning finds the canteen.
        pipelines.GetProperty("bm25").GetProperty("hitAt1").GetDouble().ShouldBe(0.5);
        pipelines.GetProperty("bm25").GetProperty("stagesMs").EnumerateObject().Select(stage => stage.Name).ShouldNotContain("late");
    }

    [Fact]
    public async Task A_report_says_what_it_was_made_with_and_nothing_of_the_machine()
    {
        var run = await RunAsync("--pipeline", "bm25", "--json");

        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["set", "n", "pipelines", "documents", "date", "settings"]);
        json.RootElement.GetProperty("documents").GetInt32().ShouldBe(4);
        DateOnly.TryParseExact(json.RootElement.GetProperty("date").GetString(), "yyyy-MM-dd", out _).ShouldBeTrue();
        var settings = json.RootElement.GetProperty("settings");
        settings.EnumerateObject().Select(property => property.Name).ShouldBe(["retrieval", "index", "encoder", "crossEncoder"]);
        settings.GetProperty("retrieval").GetProperty("lexicalWeight").GetDouble().ShouldBe(new RetrievalOptions().LexicalWeight);
        settings.GetProperty("index").GetProperty("k1").GetSingle().ShouldBe(new EmbeddedIndexOptions().K1);
    }

    [Fact]
    public async Task An_index_that_cannot_be_opened_is_made_anew()
    {
        (await RunAsync("--pipeline", "full")).Exit.ShouldBe(0);
        foreach (var segments in Directory.EnumerateFiles(_folder.Path, "segments*", SearchOption.AllDirectories))
        {
            await File.WriteAllTextAsync(segments, "damaged", TestContext.Current.CancellationToken);
        }

        var run = await RunAsync("--pipeline", "full");

        run.Exit.ShouldBe(0, run.Error);
        run.Error.ShouldContain("passages");
    }

    [Fact]
    public async Task The_second_run_uses_the_index_of_the_first_until_the_texts_change()
    {
        (await RunAsync("--pipeline", "full")).Error.ShouldContain("passages");
        (await RunAsync("--pipeline", "full")).Error.ShouldBeEmpty();

        await File.AppendAllTextAsync(_folder["set/corpus.jsonl"], "\n{\"id\":\"p5\",\"title\":\"New\",\"text\":\"Something new.\"}", TestContext.Current.CancellationToken);

        (await RunAsync("--pipeline", "full")).Error.ShouldContain("passages");
        Directory.GetDirectories(_folder["data/eval"]).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_table_is_printed_for_people()
    {
        var run = await RunAsync("--pipeline", "dense", "--pipeline", "bm25", "--limit", "1");

        var lines = run.Out.Trim().Split('\n');
        lines[0].ShouldStartWith("set: 1 queries over 4 documents; ");
        lines[0].ShouldContain(" cores, ");
        lines[^2].ShouldStartWith("| set (1) | bm25 |");
        lines[^1].ShouldStartWith("| set (1) | dense |");
    }

    [Theory]
    [InlineData("corpus.jsonl", null, "has no corpus.jsonl")]
    [InlineData("corpus.jsonl", "{\"id\":\"p1\"}", "Line 1 of ")]
    [InlineData("qrels.jsonl", "{\"query_id\":\"q1\",\"doc_id\":\"p1\",\"rel\":0}", "has no query with a relevant document")]
    [InlineData("queries.jsonl", "no json", "Line 1 of ")]
    public async Task A_set_that_is_none_is_told_in_one_sentence(string file, string? content, string expected)
    {
        if (content is null)
        {
            File.Delete(_folder[$"set/{file}"]);
        }
        else
        {
            _folder.Write($"set/{file}", content);
        }

        var run = await RunAsync();

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldContain(expected);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandRun> RunAsync(params string[] more) => CommandRun.InProcessAsync(_folder.Path, ["eval", "retrieval", "--set", "set", "--data", "data", .. more]);
}
