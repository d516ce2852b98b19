using CopilotBot.Conversations;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Tickets;

namespace CopilotBot.Extraction.Training;

/// <summary>Makes labelled messages of the drafts that people confirmed: what they left as it was read is right, what they wrote instead is the correction.</summary>
internal sealed class LabelExport(ITicketDraftStore drafts, ITurnStore turns)
{
    private const int MostDrafts = 100_000;

    /// <summary>Oldest first; the same message once. A draft whose turn is no longer kept is left out.</summary>
    public IReadOnlyList<LabelledTurn> Collect() =>
    [
        .. drafts.GetDone(MostDrafts)
            .Select(draft => (Draft: draft, Text: turns.Find(draft.Id)?.Question))
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Text))
            .DistinctBy(pair => pair.Text)
            .Reverse()
            .Select(pair => Label(pair.Draft, pair.Text!)), // filtered
    ];

    /// <summary>The draft's values as spans of the message.</summary>
    internal static LabelledTurn Label(TicketDraft draft, string text)
    {
        List<(string Slot, TextSpan Span)> slots = [];
        List<string> unplaced = [];
        foreach (var (slot, words) in ValuesOf(draft))
        {
            if (Place(text, words, slots) is { } span)
            {
                slots.Add((slot, span));
            }
            else
            {
                unplaced.Add(slot);
            }
        }

        slots = [.. slots.OrderBy(slot => slot.Span.Start)];
        var pieces = TaggerWords.Split(text).ToList();
        return new LabelledTurn(
            text,
            [.. pieces.Select(word => word.Of(text))],
            WordTags.Of(pieces, slots),
            draft.Action == TicketAction.Create ? "create_ticket" : "update_ticket",
            [.. slots.Select(slot => new LabelledSlot(slot.Slot, slot.Span.Start, slot.Span.End, slot.Span.Of(text)))],
            unplaced.Count == 0 ? "train" : "review",
            [.. unplaced.Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Slots with the words that should stand in the message: the evidence of what was read, or else what a person wrote. Defaults say nothing about the message.</summary>
    private static IEnumerable<(string Slot, string Words)> ValuesOf(TicketDraft draft)
    {
        foreach (var value in draft.Fields)
        {
            if (SlotNames.Of(value.Field, draft.Type) is not { } slot)
            {
                continue;
            }

            if (value.Evidence is { Length: > 0 } evidence)
            {
                yield return (slot, evidence);
            }
            else if (value.Confidence >= 1)
            {
                foreach (var part in value.Ids.Count > 1 ? value.Text.Split(", ") : [value.Text])
                {
                    yield return (slot, part);
                }
            }
        }

        if (draft is { Action: TicketAction.Update, TicketKey: { } key })
        {
            yield return ("ticket_key", key);
        }

        if (draft is { Action: TicketAction.Update, Comment: { Length: > 0 } comment })
        {
            yield return ("comment", comment);
        }
    }

    /// <summary>Where the words stand as whole words, whatever their case, and no other slot lies; null for nowhere.</summary>
    private static TextSpan? Place(string text, string words, List<(string Slot, TextSpan Span)> taken)
    {
        for (var at = Find(text, words, 0); at >= 0; at = Find(text, words, at + 1))
        {
            var span = new TextSpan(at, words.Length);
            var isWhole = (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(words[0]))
                && (span.End == text.Length || !char.IsLetterOrDigit(text[span.End]) || !char.IsLetterOrDigit(words[^1]));
            if (isWhole && taken.All(slot => slot.Span.End <= span.Start || slot.Span.Start >= span.End))
            {
                return span;
            }
        }

        return null;
    }

    private static int Find(string text, string words, int from) => words.Length == 0 || from >= text.Length ? -1 : text.IndexOf(words, from, StringComparison.OrdinalIgnoreCase);
}
