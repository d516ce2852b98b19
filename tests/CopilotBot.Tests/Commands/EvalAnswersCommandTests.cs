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
            {"id":"1","question":"What is the daily meal allowance in Lisbon?","doc_id":"travel.md","must_have":["42"]}
            {"id":"2","question":"Who won the chess world championship in 1972?","doc_id":null,"must_have":[]}
            """);

        var run = await handbook.RunAsync("eval", "answers", "--source", "handbook", "--set", "set.jsonl", "--json");

        run.Exit.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Out);
        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(
        [
            "n", "pageAt1", "pageAt3", "pageAt5", "answerInChunks1", "answerInChunks3", "answerInChunks5", "rightAndCited",
            "unanswerableAnswered", "meanAnswerWords", "threshold", "latencyMs",
        ]);
        json.RootElement.GetProperty("n").GetInt32().ShouldBe(2);
        json.RootElement.GetProperty("answerInChunks3").GetDouble().ShouldBe(1);
        json.RootElement.GetProperty("unanswerableAnswered").GetDouble().ShouldBe(0);
        json.RootElement.GetProperty("latencyMs").GetProperty("p95").GetDouble().ShouldBeGreaterThan(0);
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
}
