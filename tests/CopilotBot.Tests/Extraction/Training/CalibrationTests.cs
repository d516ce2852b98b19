using CopilotBot.Extraction.Training;

namespace CopilotBot.Tests.Extraction.Training;

public sealed class CalibrationTests
{
    [Fact]
    public void The_temperature_makes_probabilities_as_sure_as_they_are_right()
    {
        // Two intents, always two logits apart, right in three of four: probability 3/4 is a difference of ln 3.
        float[][] scores = [[2, 0], [2, 0], [2, 0], [2, 0]];

        Calibration.FindTemperature(scores, [0, 0, 0, 1]).ShouldBe(2 / Math.Log(3), 1e-3);
    }

    [Fact]
    public void The_line_lies_above_the_wanted_part_of_what_is_out_of_scope()
    {
        float[][] scores = [.. Enumerable.Range(0, 10).Select(i => (float[])[i, 0]), .. Enumerable.Range(0, 10).Select(i => (float[])[i + 8, 0])];
        int[] labels = [.. Enumerable.Repeat(-1, 10), .. Enumerable.Repeat(0, 10)];

        var line = Calibration.FindScopeLine(scores, labels, temperature: 1).ShouldNotBeNull();

        var below = scores.Select(score => 1 / (1 + Math.Exp(-score[0] / line.Temperature)) < line.Threshold).ToList();
        below[..10].Count(isBelow => isBelow).ShouldBe(9); // 88 of 100, rounded up
        below[10..].Count(isBelow => isBelow).ShouldBe(1); // the one that is as sure as the ninth outside
        line.Accuracy.ShouldBe(0.9);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, -1)]
    public void Without_both_kinds_there_is_no_line(int first, int second) => Calibration.FindScopeLine([[1, 0], [0, 1]], [first, second], 1).ShouldBeNull();
}
