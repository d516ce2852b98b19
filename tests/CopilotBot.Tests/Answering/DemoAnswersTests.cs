using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Answering;

/// <summary>The demo knowledge asked as different people through the real product; tests/golden/demo.jsonl says what is right.</summary>
public sealed class DemoAnswersTests(IndexedDemo demo, ITestOutputHelper output) : IClassFixture<IndexedDemo>
{
    /// <summary>Questions that must come out right (issue: 36 of 40).</summary>
    private const int Floor = 37;

    /// <summary>By so much another set of names, numbers and product words may move the score.</summary>
    private const int MaximumMove = 2;

    [Fact]
    public async Task Demo_questions_are_answered_right_and_nothing_restricted_leaks()
    {
        var questions = await GoldenQuestion.ReadAllAsync();
        questions.Count.ShouldBe(40);

        var wrong = await FindWrongAsync(questions, demo.AskAsync);

        output.WriteLine($"{questions.Count - wrong.Count} of {questions.Count} right");
        (questions.Count - wrong.Count).ShouldBeGreaterThanOrEqualTo(Floor, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_rule_knows_a_word_of_the_demo(int seed)
    {
        using var renamed = await RenamedDemo.CreateAsync(seed);
        var questions = await GoldenQuestion.ReadAllAsync();
        var others = questions.Select(question => question.Renamed(renamed.Renaming)).ToList();
        others.Count(other => questions.All(question => question.Question != other.Question)).ShouldBeGreaterThan(15, "the questions that name something");
        renamed.Renaming.Missing.ShouldBeEmpty();

        var wrong = await FindWrongAsync(questions, demo.AskAsync);
        var otherWrong = await FindWrongAsync(others, renamed.AskAsync);

        output.WriteLine($"{questions.Count - wrong.Count} right, renamed {others.Count - otherWrong.Count}");
        Math.Abs(wrong.Count - otherWrong.Count).ShouldBeLessThanOrEqualTo(MaximumMove, string.Join('\n', [.. wrong, "renamed:", .. otherWrong]));
    }

    [Fact]
    public async Task A_miss_says_what_was_searched_whatever_the_reason()
    {
        using var restricted = JsonDocument.Parse(await demo.AskAsync("how much is the offer for the Lofthaven barrage", "acc-19c0de"));
        using var nothing = JsonDocument.Parse(await demo.AskAsync("what is the capital of Mongolia", "acc-19c0de"));

        restricted.RootElement.GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("I don't know: I looked through ");
        restricted.RootElement.GetProperty("text").GetString().ShouldBe(nothing.RootElement.GetProperty("text").GetString());
        nothing.RootElement.GetProperty("related").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var miss in new[] { restricted, nothing })
        {
            miss.RootElement.GetProperty("citations").GetArrayLength().ShouldBe(0);
            miss.RootElement.GetProperty("retrieved").GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_correction_in_a_ticket_comes_before_the_page_that_it_corrects()
    {
        using var answer = JsonDocument.Parse(await demo.AskAsync("what is the emergency number of the field desk", "acc-19c0de"));

        var text = answer.RootElement.GetProperty("text").GetString().ShouldNotBeNull();
        text.ShouldContain("4911");
        text.ShouldContain("says otherwise and is outdated by [");
        text.IndexOf("4911", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("4999", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> FindWrongAsync(IReadOnlyList<GoldenQuestion> questions, Func<string, string, Task<string>> ask)
    {
        var wrong = new List<string>();
        foreach (var question in questions)
        {
            var answer = await ask(question.Question, question.As);
            foreach (var forbidden in question.Forbidden)
            {
                answer.ShouldNotContain(forbidden, Case.Insensitive, question.Question);
            }

            if (!question.IsRight(answer))
            {
                wrong.Add($"{question.Id} {question.Question}\n{answer}");
            }
        }

        return wrong;
    }
}
