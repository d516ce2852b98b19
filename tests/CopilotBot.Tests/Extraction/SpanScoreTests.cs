using CopilotBot.Extraction;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Extraction;

public sealed class SpanScoreTests
{
    [Fact]
    public void A_span_counts_where_label_and_both_boundaries_are_right()
    {
        var score = new SpanScore();

        score.Add([("system", new TextSpan(0, 7)), ("version", new TextSpan(9, 3))], [("system", new TextSpan(0, 7)), ("error", new TextSpan(9, 3))]).ShouldBeFalse();
        score.Add([("system", new TextSpan(0, 7))], [("system", new TextSpan(0, 6))]).ShouldBeFalse();
        score.Add([("status", new TextSpan(0, 5))], [("status", new TextSpan(0, 5))]).ShouldBeTrue();
        score.Add([], []).ShouldBeTrue();

        (score.Expected, score.Found, score.Right).ShouldBe((4, 4, 2));
        score.F1.ShouldBe(0.5);
    }
}
