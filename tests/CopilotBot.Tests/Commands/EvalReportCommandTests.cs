using System.Text.RegularExpressions;
using System.Xml.Linq;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed partial class EvalReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvalReportCommandTests()
    {
        _folder.Write("new/faq.json", Retrieval("faq", .75));
        _folder.Write("new/qa.json", Answers(.6));
        _folder.Write("old/faq.json", Retrieval("faq", .5));
        _folder.Write("old/qa.json", Answers(.4));
    }

    [Fact]
    public async Task One_page_holds_tables_and_plots_and_refers_to_nothing()
    {
        var run = await RunAsync("--out", "report.html", "new/faq.json", "new/qa.json");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldBeEmpty();
        var page = await ReadAsync();
        page.ShouldContain("faq: 10 queries, 2026-11-24");
        page.ShouldContain("handbook: 4 questions");
        foreach (var caption in (string[])["nDCG@10", "recall@5", "all relevant in 5", "ms by stage of full", "shares", "over the threshold", "right and cited by kind", "words in 3 chunks by pipeline"])
        {
            page.ShouldContain(caption);
        }

        page.ShouldContain("<td class=\"figure\">.750 [.700, .800]</td>");
        page.ShouldContain("prefers-color-scheme: dark");
        page.ShouldContain("<meta name=\"viewport\"");
        Reference().Matches(page).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_drawing_is_well_formed_and_says_what_it_shows()
    {
        await RunAsync("--out", "report.html", "--baselines", "old", "new");

        var drawings = Drawing().Matches(await ReadAsync()).Select(match => XElement.Parse(match.Value)).ToList();

        drawings.Count.ShouldBe(9);
        drawings.ShouldAllBe(drawing => drawing.Attribute("aria-label")!.Value.Length > 5);
        drawings.SelectMany(drawing => drawing.Descendants("line")).ShouldContain(line => line.Attribute("class")!.Value == "before");
        drawings.SelectMany(drawing => drawing.Descendants("polyline")).Select(line => line.Attribute("class")!.Value).ShouldBe(["curve before", "curve"]);
        drawings.SelectMany(drawing => drawing.Descendants("circle")).ShouldHaveSingleItem().Value.ShouldBe("threshold .500: .600 right and cited, .250 of the unanswerable answered");
    }

    [Fact]
    public async Task What_stands_in_a_report_cannot_become_markup()
    {
        _folder.Write("odd.json", Retrieval("<script>alert('x')</script>", .5).Replace("\"full\"", "\"<b>&full\"", StringComparison.Ordinal));

        await RunAsync("--out", "report.html", "odd.json");

        var page = await ReadAsync();
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<b>");
        page.ShouldContain("&lt;script&gt;");
        Drawing().Matches(page).Select(match => XElement.Parse(match.Value)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_tables_of_the_documentation_come_from_the_reports()
    {
        var run = await RunAsync("--markdown", "new");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldContain("""
            ### Retrieval

            | set | pipeline | nDCG@10 | recall@5 | all@5 | recall@100 | MRR@10 | MAP@100 | hit@1 | every stage | p50 / p95 ms | p |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            | faq (10) | bm25 | .500 | .500 | .500 | .500 | .500 | .500 | .500 | 1.000 | 1 / 2 |  |
            | faq (10) | full | .750 [.700, .800] | .500 | .500 | .500 | .500 | .500 | .500 | 1.000 | 3 / 4 | <.001 |
            """);
        run.Out.ShouldContain("| handbook (4) | bm25 | .500 | .500 | .500 | .500 | .500 | .500 | 1.000 | 1 / 2 |  |");
        run.Out.ShouldContain("| right and cited answers | .600 [.500, .700] |");
        run.Out.ShouldContain("| unanswerable | 2 | – | – | .250 | – | 20.0 |");
    }

    [Fact]
    public async Task What_changed_against_the_baselines_is_told_measure_by_measure()
    {
        var run = await RunAsync("--markdown", "--baselines", "old", "new");

        run.Out.ShouldContain("| faq | full | nDCG@10 | .500 | .750 | +.250 | above |");
        run.Out.ShouldContain("| faq | bm25 | nDCG@10 | .500 | .500 | .000 |  |");
        run.Out.ShouldContain("| handbook |  | right and cited answers | .400 | .600 | +.200 | no |");
        (await RunAsync("--markdown", "--baselines", "new", "old")).Out.ShouldContain("| faq | full | nDCG@10 | .750 | .500 | -.250 | below |");
    }

    [Fact]
    public async Task A_report_without_a_baseline_is_named()
    {
        _folder.Write("new/other.json", Retrieval("other", .5));

        await RunAsync("--out", "report.html", "--baselines", "old", "new");

        (await ReadAsync()).ShouldContain("Without a baseline: other.");
    }

    [Fact]
    public async Task The_baselines_alone_are_shown_as_they_are()
    {
        var run = await RunAsync("--markdown", "--baselines", "old");

        run.Out.ShouldContain("| faq (10) | full | .500");
        run.Out.ShouldNotContain("Changes");
    }

    [Fact]
    public async Task What_the_verbs_print_today_can_be_read_again()
    {
        using var handbook = new Handbook();
        await handbook.AddAsync();
        handbook.Write("set.jsonl", "{\"id\":\"1\",\"question\":\"What is the daily meal allowance in Lisbon?\",\"doc_id\":\"travel.md\",\"must_have\":[\"42\"]}");
        handbook.Write("answers.json", (await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--pipelines", "--json")).Out);
        handbook.Write("set/corpus.jsonl", "{\"id\":\"p1\",\"title\":\"Canteen\",\"text\":\"The canteen opens at noon.\"}");
        handbook.Write("set/queries.jsonl", "{\"id\":\"q1\",\"text\":\"when does the canteen open\"}");
        handbook.Write("set/qrels.jsonl", "{\"query_id\":\"q1\",\"doc_id\":\"p1\",\"rel\":1}");
        handbook.Write("retrieval.json", (await handbook.RunAsync("eval", "retrieval", "--set", "set", "--json")).Out);

        var run = await handbook.RunAsync("eval", "report", "--markdown", "--out", "report.html", "answers.json", "retrieval.json");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldContain("| set (1) | full | 1.000 [1.000, 1.000] |");
        File.ReadAllText(Path.Combine(handbook.Path, "report.html")).ShouldContain("Settings of set, set");
    }

    [Fact]
    public async Task The_stored_baselines_can_be_read()
    {
        var run = await RunAsync("--markdown", Path.Combine(RepositoryPaths.Root, "tests", "baselines"));

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldContain("| ret-scifact (300) | full |");
    }

    [Theory]
    [InlineData("--out report.html nothing.json", "nothing.json' does not exist")]
    [InlineData("--out report.html text.json", "text.json' is no report")]
    [InlineData("--out report.html other.json", "other.json' is no report")]
    [InlineData("--out report.html array.json", "array.json' is no report")]
    [InlineData("--out report.html hollow.json", "hollow.json' is no report")]
    [InlineData("--out report.html null.json", "null.json' is no report")]
    [InlineData("--out report.html wrong.json", "wrong.json' is no report")]
    [InlineData("--out report.html empty", "empty' holds no report")]
    [InlineData("--out report.html --baselines nowhere new", "nowhere' does not exist")]
    [InlineData("--out nowhere/report.html new", "nowhere' does not exist: make it")]
    [InlineData("--out new new", "new' is a folder")]
    public async Task What_cannot_be_shown_is_told_in_one_sentence(string arguments, string words)
    {
        _folder.Write("text.json", "no json");
        _folder.Write("other.json", "{\"a\":1}");
        _folder.Write("array.json", "[1]");
        _folder.Write("hollow.json", "{\"set\":\"x\",\"n\":1,\"pipelines\":{}}");
        _folder.Write("null.json", "{\"set\":\"x\",\"n\":1,\"pipelines\":{\"full\":null}}");
        _folder.Write("wrong.json", "{\"n\":\"many\",\"rightAndCited\":true}");
        Directory.CreateDirectory(_folder["empty"]);

        var run = await RunAsync(arguments.Split(' '));

        run.Exit.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        run.Sentence.ShouldContain(words);
        File.Exists(_folder["report.html"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("new", "Say what to make of the reports: --out FILE or --markdown.")]
    [InlineData("--markdown", "Name at least one report, or a folder of reports.")]
    public async Task A_line_that_asks_for_nothing_says_what_is_missing(string arguments, string words)
    {
        var run = await RunAsync(arguments.Split(' '));

        run.Exit.ShouldBe(2);
        run.Sentence.ShouldStartWith(words);
    }

    public void Dispose() => _folder.Dispose();

    private static string Retrieval(string set, double ndcg) => $$"""
        {
          "set": "{{set}}", "n": 10,
          "pipelines": {
            "bm25": { {{Metrics(.5)}}, "latencyMs": { "p50": 1, "p95": 2 } },
            "full": {
              {{Metrics(ndcg)}}, "ci": { "ndcgAt10": [{{Invariant(ndcg - .05)}}, {{Invariant(ndcg + .05)}}] }, "pairedP": { "bm25": 0.0005 },
              "latencyMs": { "p50": 3, "p95": 4 }, "stagesMs": { "encode": { "p50": 2, "p95": 3 }, "late": { "p50": 1, "p95": 1 } }
            }
          },
          "date": "2026-11-24", "settings": { "retrieval": { "depth": 100 }, "index": {}, "encoder": "abc", "crossEncoder": false }, "later": 1
        }
        """;

    private static string Metrics(double ndcg) =>
        $"\"ndcgAt10\": {Invariant(ndcg)}, \"recallAt2\": 0.5, \"recallAt5\": 0.5, \"recallAt10\": 0.5, \"recallAt100\": 0.5, \"mrrAt10\": 0.5, \"mapAt100\": 0.5, \"allRecallAt5\": 0.5, \"hitAt1\": 0.5, \"everyStage\": 1";

    private static string Answers(double right) => $$"""
        {
          "n": 4, "pageAt1": 0.5, "pageAt3": 0.5, "pageAt5": 0.5, "answerInChunks1": 0.5, "answerInChunks3": 0.5, "answerInChunks5": 0.5,
          "rightAndCited": {{Invariant(right)}}, "unanswerableAnswered": 0.25, "meanAnswerWords": 20, "threshold": 0.5, "latencyMs": { "p50": 5, "p95": 9 },
          "ci": { "rightAndCited": [{{Invariant(right - .1)}}, {{Invariant(right == .4 ? .61 : right + .1)}}] }, "verdicts": { "rightAndCited": 1 },
          "kinds": {
            "fact": { "n": 2, "pageAt1": 0.5, "answerInChunks3": 0.5, "answered": 1, "rightAndCited": 0.5, "meanAnswerWords": 20, "ci": { "rightAndCited": [0, 1] } },
            "unanswerable": { "n": 2, "pageAt1": null, "answerInChunks3": null, "answered": 0.25, "rightAndCited": null, "meanAnswerWords": 20, "ci": {} }
          },
          "curve": [
            { "threshold": 0, "rightAndCited": 0.7, "unanswerableAnswered": 1, "meanAnswerWords": 20 },
            { "threshold": 0.5, "rightAndCited": {{Invariant(right)}}, "unanswerableAnswered": 0.25, "meanAnswerWords": 20 },
            { "threshold": 1, "rightAndCited": 0, "unanswerableAnswered": 0, "meanAnswerWords": 0 }
          ],
          "pipelines": { "bm25": { "pageAt1": 0.5, "pageAt3": 0.5, "pageAt5": 0.5, "answerInChunks1": 0.5, "answerInChunks3": 0.5, "answerInChunks5": 0.5, "everyStage": 1, "latencyMs": { "p50": 1, "p95": 2 } } },
          "stagesMs": { "encode": { "p50": 2, "p95": 3 } }, "set": "handbook"
        }
        """;

    private static string Invariant(double value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);

    private Task<CommandRun> RunAsync(params string[] more) => CommandRun.InProcessAsync(_folder.Path, ["eval", "report", "--data", "data", .. more]);

    private Task<string> ReadAsync() => File.ReadAllTextAsync(_folder["report.html"], TestContext.Current.CancellationToken);

    /// <summary>Anything that a browser would fetch, run or follow.</summary>
    [GeneratedRegex(@"(?:src|href|action|data)\s*=|url\(|@import|<script|<link|<iframe|https?:", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();
}
