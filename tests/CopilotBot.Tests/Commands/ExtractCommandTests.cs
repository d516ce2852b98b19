using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Commands;

public sealed class ExtractCommandTests
{
    private const string Messages = """
        {"text":"VPN-7 is closed","tokens":["VPN","-","7","is","closed"],"tags":["B-ticket_key","I-ticket_key","I-ticket_key","O","B-status"],"intent":"update_ticket","split":"test","style":"terse"}
        {"text":"how do I reset my PIN?","tokens":["how","do","I","reset","my","PIN","?"],"tags":["O","O","O","O","O","O","O"],"intent":"ask_question","split":"train"}
        """;

    [Fact]
    public async Task A_set_is_scored_with_the_documented_names()
    {
        using var handbook = new Handbook();
        handbook.Write("set.jsonl", Messages);

        var run = await handbook.RunAsync("extract", "eval", "--set", "set.jsonl", "--json");

        run.Exit.ShouldBe(0, run.Error);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(
            ["n", "intentAccuracy", "outOfScopeRecall", "slotF1", "fieldMicroF1", "exact", "latencyMs", "set", "split", "engine", "bySlot", "byField", "byStyle", "confusions"]);
        json.RootElement.GetProperty("n").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("split").GetString().ShouldBe("test");
        json.RootElement.GetProperty("outOfScopeRecall").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("latencyMs").EnumerateObject().Select(property => property.Name).ShouldBe(["p50", "p95"]);
    }

    [Fact]
    public async Task Tables_are_printed_for_people()
    {
        using var handbook = new Handbook();
        handbook.Write("set.jsonl", Messages);

        var run = await handbook.RunAsync("extract", "eval", "--set", "set.jsonl", "--split", "train");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldStartWith("set, train: 1 messages;");
        run.Out.ShouldContain("| engine | intent | out-of-scope recall | slot F1 | field F1 | all right | p50 ms | p95 ms |");
    }

    [Theory]
    [InlineData("missing.jsonl", "The set '")]
    [InlineData("broken.jsonl", "Line 1 of the set '")]
    public async Task A_set_that_cannot_be_used_is_one_sentence(string file, string expected)
    {
        using var handbook = new Handbook();
        handbook.Write("broken.jsonl", "{\"text\":1}\n");

        var run = await handbook.RunAsync("extract", "eval", "--set", file);

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldStartWith(expected);
    }

    [Fact]
    public async Task Without_a_language_model_the_engine_says_how_to_configure_one()
    {
        using var handbook = new Handbook();
        handbook.Write("set.jsonl", Messages);

        var run = await handbook.RunAsync("extract", "eval", "--set", "set.jsonl", "--engine", "both");

        run.Exit.ShouldBe(1);
        run.Sentence.ShouldStartWith("No language model is configured: set ChatModel:Endpoint and ChatModel:Model");
    }

    [Fact]
    public async Task One_message_is_explained()
    {
        using var handbook = new Handbook();

        var run = await handbook.RunAsync("extract", "read", "close HELP-24 please, the laptop came back");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldStartWith("intent  update_ticket (");
        run.Out.ShouldContain("slot    ticket_key: HELP-24 (");
        run.Out.ShouldContain("ticket  HELP-24");
        run.Out.ShouldContain("status  Closed");
    }

    [Fact]
    public async Task Messages_are_exported_without_the_test_part_and_checked()
    {
        using var handbook = new Handbook();
        handbook.Write("set.jsonl", Messages);

        // The folder of the bot has to stand before the verb, whose own --data names the messages.
        var run = await CommandRun.InProcessAsync(handbook.Path, "--data", "data", "extract", "export", "--data", "set.jsonl", "--out", "tuning.jsonl");

        run.Exit.ShouldBe(0, run.Error);
        run.Out.ShouldStartWith("1 messages written and checked: ");
    }
}
