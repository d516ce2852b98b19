using System.Globalization;
using System.Numerics.Tensors;
using CopilotBot.Conversations;
using CopilotBot.Inference;

namespace CopilotBot.Answering;

/// <summary>What was said in a thread, in its own words: its first message, and of the others those that are nearest to all of it, in the order they were written. Nothing is made up.</summary>
public sealed class ThreadSummary(OnnxTextEncoder encoder)
{
    private const int Shown = 5;

    private const int LongestMessage = 300;

    /// <returns>Null where no thread can be read.</returns>
    public async Task<Answer?> WriteAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        var thread = turn.Surroundings is null ? [] : (await turn.Surroundings(cancellationToken)).Thread;
        if (thread.Count == 0)
        {
            return new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.Reply, Text = "I can read no thread here, so I cannot sum it up. In Slack, mention me in the thread itself." };
        }

        var chosen = thread.Count <= Shown ? Enumerable.Range(0, thread.Count) : await ChooseAsync(thread, cancellationToken);
        var lines = chosen.Order().Select(i => $"- {Clip(thread[i])}").ToList();
        var heading = lines.Count == thread.Count ? "This is all that was said:" : string.Create(CultureInfo.InvariantCulture, $"The gist of {thread.Count} messages, in their own words:");
        return new Answer { TurnId = turn.Id, Outcome = AnswerOutcome.Reply, Text = string.Join('\n', lines.Prepend(heading)) };
    }

    private async Task<IEnumerable<int>> ChooseAsync(IReadOnlyList<string> thread, CancellationToken cancellationToken)
    {
        var vectors = (await encoder.EncodeAsync(thread, cancellationToken)).Select(encoding => encoding.SentenceVector).ToList();
        var middle = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(middle, vector, middle);
        }

        return Enumerable.Range(1, thread.Count - 1).OrderByDescending(i => TensorPrimitives.CosineSimilarity(vectors[i], middle)).Take(Shown - 1).Prepend(0);
    }

    private static string Clip(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestMessage ? line : $"{line[..(char.IsHighSurrogate(line[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage)]} …";
    }
}
