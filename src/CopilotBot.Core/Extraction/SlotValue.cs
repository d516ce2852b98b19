using CopilotBot.Inference;

namespace CopilotBot.Extraction;

/// <summary>What a slot says, in the words of a message.</summary>
/// <param name="Confidence">From 0 to 1.</param>
internal sealed record SlotValue(string Slot, string Text, double Confidence)
{
    /// <summary>What only the thread says counts less.</summary>
    private const double OfThread = .8;

    /// <summary>Slots whose values stay true for what follows in a thread; who is to do something until when does not.</summary>
    private static readonly HashSet<string> Lasting = [Slots.System, Slots.Version, Slots.Environment, Slots.Location, Slots.Error, Slots.AffectedPerson, Slots.Started, Slots.TicketKey];

    public static IReadOnlyList<SlotValue> Of(string text, TaggedText reading) =>
        [.. reading.Spans.Select(span => new SlotValue(span.Label, span.Span.Of(text).Trim(), span.Probability)).DistinctBy(value => (value.Slot, value.Text.ToUpperInvariant()))];

    /// <summary>The message's own, and of the thread those slots that the message is silent about: the latest message that has one.</summary>
    public static IReadOnlyList<SlotValue> Join(IReadOnlyList<SlotValue> own, IEnumerable<IReadOnlyList<SlotValue>> latestFirst)
    {
        List<SlotValue> all = [.. own];
        foreach (var earlier in latestFirst)
        {
            var silent = Lasting.Where(slot => all.TrueForAll(value => value.Slot != slot)).ToHashSet();
            all.AddRange(earlier.Where(value => silent.Contains(value.Slot)).Select(value => value with { Confidence = value.Confidence * OfThread }));
        }

        return all;
    }
}
