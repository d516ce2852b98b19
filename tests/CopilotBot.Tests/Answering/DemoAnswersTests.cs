using System.Text.Json;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Answering;

/// <summary>The demo knowledge asked as different people through the real product; tests/golden/demo.jsonl says what is right.</summary>
public sealed class DemoAnswersTests(IndexedDemo demo) : IClassFixture<IndexedDemo>
{
    /// <summary>Questions that must come out right (issue: 36 of 40).</summary>
    private const int Floor = 36;

    [Fact]
    public async Task Demo_questions_are_answered_right_and_nothing_restricted_leaks()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryPaths.Root, "tests", "golden", "demo.jsonl"), TestContext.Current.CancellationToken);
        lines.Length.ShouldBe(40);
        var wrong = new List<string>();
        foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var expected = json.RootElement;
            var question = expected.GetProperty("question").GetString()!;
            var answer = await demo.AskAsync(question, expected.GetProperty("as").GetString()!);
            foreach (var forbidden in expected.GetProperty("forbidden").EnumerateArray())
            {
                answer.ShouldNotContain(forbidden.GetString()!, Case.Insensitive, question);
            }

            var isRight = answer.Contains($"\"outcome\": \"{expected.GetProperty("expect").GetString()}\"", StringComparison.Ordinal)
                && expected.GetProperty("mustHave").EnumerateArray().All(word => answer.Contains(word.GetString()!, StringComparison.OrdinalIgnoreCase))
                && expected.GetProperty("documents").EnumerateArray().All(document => answer.Contains($"\"documentId\": \"{document.GetString()}\"", StringComparison.Ordinal));
            if (!isRight)
            {
                wrong.Add($"{expected.GetProperty("id").GetString()} {question}");
            }
        }

        (lines.Length - wrong.Count).ShouldBeGreaterThanOrEqualTo(Floor, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Missing_access_looks_exactly_like_a_true_miss()
    {
        var restricted = await demo.AskAsync("how much is the offer for the Lofthaven barrage", "acc-19c0de");
        var nothing = await demo.AskAsync("what is the capital of Mongolia", "acc-19c0de");

        IndexedDemo.WithoutIdsAndTimes(restricted).ShouldBe(IndexedDemo.WithoutIdsAndTimes(nothing));
    }
}
