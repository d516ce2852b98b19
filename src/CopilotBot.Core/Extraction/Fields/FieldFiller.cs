using CopilotBot.Extraction.Rules;
using CopilotBot.Tickets;

namespace CopilotBot.Extraction.Fields;

/// <summary>Turns the words of a slot into the value of a field: a date, an allowed value, a person, labels. Words that mean no value of the field fill nothing.</summary>
internal sealed class FieldFiller(TicketRules rules, ExtractionContext context, string requester)
{
    private static readonly Dictionary<PriorityLevel, string[]> LevelNames = new()
    {
        [PriorityLevel.Highest] = ["highest", "critical", "blocker", "p1", "1", "urgent", "sev 1", "sev1", "very high", "emergency"],
        [PriorityLevel.High] = ["high", "major", "p2", "2", "sev 2", "sev2", "important"],
        [PriorityLevel.Medium] = ["medium", "normal", "p3", "3", "moderate", "sev 3", "sev3", "standard"],
        [PriorityLevel.Low] = ["low", "minor", "p4", "4", "sev 4", "sev4"],
        [PriorityLevel.Lowest] = ["lowest", "trivial", "p5", "5", "very low", "cosmetic"],
    };

    /// <param name="values">All of one slot.</param>
    /// <returns>The value and what of the slot it took; null when the words mean none.</returns>
    public (FieldValue Value, IReadOnlyList<SlotValue> Used)? Fill(TicketField field, IReadOnlyList<SlotValue> values)
    {
        return field.Kind switch
        {
            TicketFieldKind.Choice => First(values, value => Choose(field, value)),
            TicketFieldKind.Choices => All(field, [.. values.Select(value => (value, Read: Choose(field, value)))]),
            TicketFieldKind.Date => First(values, value => ReadDate(field, value)),
            TicketFieldKind.Person => First(values, value => Person(field, value)),
            TicketFieldKind.Labels => All(field, [.. values.Select(value => (value, (FieldValue?)Plain(field, value, LabelOf(value.Text))))]),
            TicketFieldKind.Tickets => All(field, [.. values.Select(value => (value, value.Slot == Slots.TicketKey ? Plain(field, value, TicketKeyText.Normalize(value.Text)) : null))]),
            TicketFieldKind.Text or TicketFieldKind.LongText => All(field, [.. values.Select(value => (value, (FieldValue?)Plain(field, value, value.Text)))]),
            TicketFieldKind.Unsupported => null,
            _ => throw new InvalidOperationException($"The kind {field.Kind} of a field cannot be filled."),
        };
    }

    /// <summary>A value that the rules give, without evidence; null when the field does not take it.</summary>
    public FieldValue? Given(TicketField field, string text)
    {
        if (field.Kind is TicketFieldKind.Choice or TicketFieldKind.Choices)
        {
            return field.Allowed.FirstOrDefault(value => TicketRules.Alike(value.Name, text) || value.Id == text) is { } chosen ? new FieldValue(field.Id, chosen.Name, [chosen.Id], 1, null) : null;
        }

        return field.Kind == TicketFieldKind.Date
            ? DateReader.Read(text, context.Now, isPast: false) is { } date ? new FieldValue(field.Id, date.Iso, [], 1, null) : null
            : new FieldValue(field.Id, text, [], 1, null);
    }

    private static (FieldValue, IReadOnlyList<SlotValue>)? First(IReadOnlyList<SlotValue> values, Func<SlotValue, FieldValue?> read)
    {
        foreach (var value in values)
        {
            if (read(value) is { } filled)
            {
                return (filled, [value]);
            }
        }

        return null;
    }

    private static (FieldValue, IReadOnlyList<SlotValue>)? All(TicketField field, IReadOnlyList<(SlotValue Slot, FieldValue? Read)> values)
    {
        var read = values.Where(pair => pair.Read is not null).Select(pair => (pair.Slot, Read: pair.Read!)).DistinctBy(pair => pair.Read.Text.ToUpperInvariant()).ToList(); // null is filtered out
        return read.Count == 0
            ? null
            : (new FieldValue(
                field.Id, string.Join(", ", read.Select(pair => pair.Read.Text)), [.. read.SelectMany(pair => pair.Read.Ids)], read.Min(pair => pair.Read.Confidence), string.Join(", ", read.Select(pair => pair.Slot.Text))),
                [.. values.Where(pair => pair.Read is not null).Select(pair => pair.Slot)]);
    }

    private FieldValue? Choose(TicketField field, SlotValue value)
    {
        var match = ValueMatcher.Find(value.Text, field.Allowed, allowed => rules.SynonymsOf(field, allowed)) ?? (value.Slot == Slots.Priority ? ByLevel(field, value.Text) : null);
        return match is null ? null : new FieldValue(field.Id, match.Value.Name, [match.Value.Id], match.Confidence * value.Confidence, value.Text);
    }

    /// <summary>The value of the level, or of the nearest level that the field has; a tie goes to the less alarming.</summary>
    private static ValueMatch? ByLevel(TicketField field, string words)
    {
        var (level, confidence) = PriorityWords.Read(words);
        var levels = field.Allowed.Select(allowed => (allowed, Level: LevelNames.Where(pair => IsCalled(allowed.Name, pair.Value)).Select(pair => (PriorityLevel?)pair.Key).FirstOrDefault())).Where(pair => pair.Level is not null).ToList();
        return levels.Count == 0 ? null : new ValueMatch(levels.OrderBy(pair => Math.Abs(pair.Level!.Value - level)).ThenBy(pair => pair.Level).First().allowed, confidence); // null is filtered out
    }

    /// <summary>"P1 - Critical" is called by either of its names.</summary>
    private static bool IsCalled(string name, string[] names) => names.Contains(FoldedText.Of(name)) || FoldedText.Of(name).Split(' ') is { Length: > 1 } words && Array.Exists(words, names.Contains);

    private FieldValue? ReadDate(TicketField field, SlotValue value) =>
        DateReader.Read(value.Text, context.Now, value.Slot == Slots.Started) is { } date ? new FieldValue(field.Id, date.Iso, [], date.Confidence * value.Confidence, value.Text) : null;

    private FieldValue? Person(TicketField field, SlotValue value)
    {
        var name = FoldedText.Of(value.Text) is "me" or "myself" ? requester : value.Text;
        if (field.Allowed.Count == 0)
        {
            return Plain(field, value, name);
        }

        return ValueMatcher.Find(name, field.Allowed, allowed => rules.SynonymsOf(field, allowed)) is { } match ? new FieldValue(field.Id, match.Value.Name, [match.Value.Id], match.Confidence * value.Confidence, value.Text) : null;
    }

    private static FieldValue Plain(TicketField field, SlotValue value, string text) => new(field.Id, text, [], value.Confidence, value.Text);

    private static string LabelOf(string text) => string.Join('-', text.Trim('#', '"', '\'', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
