using CopilotBot.Extraction;
using CopilotBot.Knowledge;

namespace CopilotBot.FineTuning;

/// <param name="Messages">Scored messages.</param>
/// <param name="IntentAccuracy">0 to 1.</param>
/// <param name="SlotF1">Exact spans with the right slot, over all messages, 0 to 1; 0 for a set without slots.</param>
/// <param name="Exact">Part of the messages with the right intent and all spans right.</param>
internal sealed record Scores(int Messages, double IntentAccuracy, double SlotF1, double Exact)
{
    /// <summary>Epochs are chosen by it.</summary>
    public double ForChoice => IntentAccuracy + SlotF1;

    public static Scores Of(IEnumerable<(Example Example, string Intent, IReadOnlyList<string> Tags)> readings)
    {
        var (messages, intents, exact, right, gold, found) = (0, 0, 0, 0, 0, 0);
        foreach (var (example, intent, tags) in readings)
        {
            var spans = TagRuns.Of(tags, example.Words).ToHashSet();
            IReadOnlyList<(string, TextSpan)> wanted = example.Message.Slots;
            var hits = wanted.Count(spans.Contains);
            messages++;
            intents += intent == example.Intent ? 1 : 0;
            exact += intent == example.Intent && hits == wanted.Count && hits == spans.Count ? 1 : 0;
            (right, gold, found) = (right + hits, gold + wanted.Count, found + spans.Count);
        }

        return new Scores(messages, Part(intents, messages), Part(2 * right, gold + found), Part(exact, messages));
    }

    private static double Part(int count, int of) => of == 0 ? 0 : (double)count / of;
}
