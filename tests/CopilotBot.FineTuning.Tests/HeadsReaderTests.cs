using CopilotBot.Inference;
using Shouldly;
using Xunit;

namespace CopilotBot.FineTuning;

public sealed class HeadsReaderTests
{
    [Fact]
    public void The_best_tags_are_those_of_trying_all_paths()
    {
        var random = new Random(2);
        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble())];
        string[] tags = ["O", "B-a", "I-a"];
        var (starts, moves) = (Some(3), Some(9));
        var reader = new HeadsReader(new TaggerHeads(["x"], tags, "mean", [1], [0], [1, 1, 1], [0, 0, 0], moves, starts, 1, null));

        for (var round = 0; round < 20; round++)
        {
            float[][] emissions = [Some(3), Some(3), Some(3)];
            var paths = from a in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 3) select (a, b, c);
            var best = paths.MaxBy(path => starts[path.a] + emissions[0][path.a] + moves[(path.a * 3) + path.b] + emissions[1][path.b] + moves[(path.b * 3) + path.c] + emissions[2][path.c]);
            reader.BestTags(emissions).ShouldBe([tags[best.a], tags[best.b], tags[best.c]]);
        }
    }

    [Fact]
    public void Intents_are_read_from_the_mean_of_the_states_and_tags_from_the_first_pieces()
    {
        var reader = new HeadsReader(new TaggerHeads(["x", "y"], ["O", "B-a", "I-a"], "mean", [1, 0, 0, 2], [0.5f, 0], [1, 0, 0, 1, 1, 1], [0, 0, 1], new float[9], new float[3], 1, null));
        float[] states = [0, 0, 1, 2, 3, 4, 0, 2];

        reader.IntentLogits(states).ShouldBe([1.5f, 4]);
        reader.Emissions(states, [1, 2]).ShouldBe([[1, 2, 4], [3, 4, 8]]);
    }
}
