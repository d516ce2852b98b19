using CopilotBot.Extraction.Training;
using CopilotBot.Inference;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Extraction.Training;

/// <summary>Weights are float32, so the differences are wide and the tolerance with them; the chain itself is tested in double precision.</summary>
public sealed class GradientTests
{
    private const float Step = 0.01f;

    private const double Tolerance = 2e-3;

    private const int States = 3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tags(bool withNeighbours)
    {
        TokenStates[] messages = [Message(1, words: 4), Message(2, words: 1)];
        var objective = new TagObjective(["O", "B-x", "I-x"], messages, [[0, 1, 2, 0], [1]], withNeighbours);

        ShouldMatch(objective.Parameters, objective.AddGradient);
    }

    [Fact]
    public void Intents()
    {
        float[][] messages = [Randoms(1, States), Randoms(2, States), Randoms(3, States)];
        var objective = new IntentObjective(4, messages, [0, 3, -1], [1, 2, 0.5f]);

        ShouldMatch(objective.Parameters, gradient: (examples, sum) => objective.AddGradient(examples, sum), examples: 3);
    }

    private static void ShouldMatch(float[] parameters, Func<ArraySegment<int>, float[], double> gradient, int examples = 2)
    {
        Randoms(9, parameters.Length).CopyTo(parameters, 0);
        int[] all = [.. Enumerable.Range(0, examples)];
        var derivatives = new float[parameters.Length];
        gradient(all, derivatives);
        for (var i = 0; i < parameters.Length; i++)
        {
            var kept = parameters[i];
            parameters[i] = kept + Step;
            var above = gradient(all, new float[parameters.Length]);
            parameters[i] = kept - Step;
            var below = gradient(all, new float[parameters.Length]);
            parameters[i] = kept;
            ((double)derivatives[i]).ShouldBe((above - below) / (2 * Step), Tolerance);
        }
    }

    private static TokenStates Message(int seed, int words) => new(
        [],
        [.. Enumerable.Range(0, words).Select(word => new TextSpan(2 * word, 1))],
        [.. new float[States], .. Randoms(seed, words * States), .. new float[States]],
        Randoms(seed + 10, States),
        Randoms(seed + 20, States));

    private static float[] Randoms(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
