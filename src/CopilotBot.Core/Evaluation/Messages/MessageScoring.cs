using CopilotBot.Extraction;
using CopilotBot.Extraction.Fields;
using CopilotBot.Knowledge;

namespace CopilotBot.Evaluation.Messages;

/// <summary>Figures of read messages.</summary>
public static class MessageScoring
{
    private const string Nothing = "-";

    /// <summary>Dates of sets are read from one day, the same for both sides.</summary>
    private static readonly DateTimeOffset Now = new(2026, 1, 14, 10, 0, 0, TimeSpan.Zero);

    public static MessageReport Score(IReadOnlyList<ReadMessage> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var tagged = read.Where(message => message.Message.Tags is not null).ToList();
        var marked = read.Where(message => message.Message.IsOutOfScope || message.Message.Intent == IntentNames.NameOf(Intent.OutOfScope)).ToList();
        var bySlot = SlotParts(tagged);
        var byField = FieldParts(tagged);
        return new MessageReport(
            read.Count, IntentAccuracy(read), marked.Count == 0 ? null : marked.Average(message => message.IsOutOfScope ? 1d : 0), Micro(bySlot), Micro(byField), Exact(tagged), Latency.Of([.. read.Select(message => message.Milliseconds)]))
        {
            BySlot = bySlot,
            ByField = byField,
            ByStyle = read.Where(message => message.Message.Style is not null).GroupBy(message => message.Message.Style!).OrderBy(style => style.Key, StringComparer.Ordinal).ToDictionary(style => style.Key, style => ScoreStyle([.. style])), // null is filtered out
            Confusions = [.. IntentConfusions(read), .. SlotConfusions(tagged)],
        };
    }

    private static StyleScore ScoreStyle(IReadOnlyList<ReadMessage> read)
    {
        var tagged = read.Where(message => message.Message.Tags is not null).ToList();
        return new StyleScore(read.Count, IntentAccuracy(read), Micro(SlotParts(tagged)), Micro(FieldParts(tagged)), Exact(tagged));
    }

    private static double? IntentAccuracy(IReadOnlyList<ReadMessage> read) =>
        read.Where(message => !message.Message.IsOutOfScope).Select(message => IsIntentRight(message) ? 1d : 0).DefaultIfEmpty(double.NaN).Average() is var share && double.IsNaN(share) ? null : share;

    private static bool IsIntentRight(ReadMessage message) => message.Message.IsOutOfScope ? message.IsOutOfScope : message.Intent == message.Message.Intent;

    private static double? Exact(List<ReadMessage> tagged) =>
        tagged.Count == 0 ? null : tagged.Average(message => IsIntentRight(message) && message.Message.Slots.ToHashSet().SetEquals(message.Spans) ? 1d : 0);

    private static double? Micro(IReadOnlyDictionary<string, PartScore> parts) =>
        parts.Count == 0 ? null : new PartScore(parts.Values.Sum(part => part.Expected), parts.Values.Sum(part => part.Found), parts.Values.Sum(part => part.Right)).F1;

    private static SortedDictionary<string, PartScore> SlotParts(IReadOnlyList<ReadMessage> tagged) =>
        Count(tagged, message => message.Message.Slots, message => message.Spans, span => span.Slot);

    /// <summary>Only slots of tickets are fields; a value counts once a message. None where the set has no such slot.</summary>
    private static SortedDictionary<string, PartScore> FieldParts(IReadOnlyList<ReadMessage> tagged) => tagged.All(message => message.Message.Slots.All(slot => !Slots.All.Contains(slot.Slot)))
        ? []
        : Count(tagged, message => Fields(message.Message.Text, message.Message.Slots), message => Fields(message.Message.Text, message.Spans), field => field.Field);

    private static IEnumerable<(string Field, string Value)> Fields(string text, IReadOnlyList<(string Slot, TextSpan Span)> spans) =>
        spans.Where(span => Slots.All.Contains(span.Slot)).Select(span => (span.Slot, ComparableValue.Of(span.Slot, span.Span.Of(text), Now)));

    private static SortedDictionary<string, PartScore> Count<T>(IReadOnlyList<ReadMessage> messages, Func<ReadMessage, IEnumerable<T>> expected, Func<ReadMessage, IEnumerable<T>> found, Func<T, string> name)
    {
        SortedDictionary<string, PartScore> parts = new(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            var (wanted, got) = (expected(message).ToHashSet(), found(message).ToHashSet());
            foreach (var item in wanted.Union(got))
            {
                var part = parts.GetValueOrDefault(name(item)) ?? new PartScore(0, 0, 0);
                var (isWanted, isGot) = (wanted.Contains(item), got.Contains(item));
                parts[name(item)] = new PartScore(part.Expected + (isWanted ? 1 : 0), part.Found + (isGot ? 1 : 0), part.Right + (isWanted && isGot ? 1 : 0));
            }
        }

        return parts;
    }

    private static IEnumerable<Confusion> IntentConfusions(IReadOnlyList<ReadMessage> read) =>
        Frequent("intent", read.Where(message => !IsIntentRight(message)).Select(message => (message.Message.Intent, message.IsOutOfScope ? IntentNames.NameOf(Intent.OutOfScope) : message.Intent)));

    /// <summary>Of spans that are not right: the label that overlaps them.</summary>
    private static IEnumerable<Confusion> SlotConfusions(IReadOnlyList<ReadMessage> tagged) => Frequent("slot", tagged.SelectMany(message =>
    {
        var missed = message.Message.Slots.Except(message.Spans).ToList();
        var wrong = message.Spans.Except(message.Message.Slots).ToList();
        return missed.Select(span => (span.Slot, Overlapping(span.Span, wrong))).Concat(wrong.Where(span => Overlapping(span.Span, missed) == Nothing).Select(span => (Nothing, span.Slot)));
    }));

    private static string Overlapping(TextSpan span, List<(string Slot, TextSpan Span)> others) =>
        others.Where(other => other.Span.Start < span.End && span.Start < other.Span.End).Select(other => other.Slot).FirstOrDefault(Nothing);

    private static IEnumerable<Confusion> Frequent(string of, IEnumerable<(string Expected, string Found)> pairs) =>
        pairs.CountBy(pair => pair).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => new Confusion(of, pair.Key.Expected, pair.Key.Found, pair.Value));
}
