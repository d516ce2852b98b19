using CopilotBot.Extraction;
using CopilotBot.Tickets;

namespace CopilotBot.Commands;

/// <summary>What `extract read --json` prints.</summary>
/// <param name="Other">The intent that the person would be asked about beside.</param>
/// <param name="Draft">Null where no ticket would be drafted.</param>
internal sealed record ReadMessageJson(string Intent, double Confidence, string? Other, IReadOnlyList<ReadSlotJson> Slots, ReadDraftJson? Draft)
{
    public static ReadMessageJson Of(string text, RoutedMessage routed, TicketDraft? draft) => new(
        IntentNames.NameOf(routed.Intent),
        routed.Confidence,
        routed.Other is { } other ? IntentNames.NameOf(other) : null,
        [.. routed.Reading.Spans.Select(span => new ReadSlotJson(span.Label, span.Span.Of(text), span.Span.Start, span.Span.End, span.Probability))],
        draft is null ? null : new ReadDraftJson(draft.TicketKey, draft.Project, draft.Type?.Name, draft.Fields, draft.Status, draft.Comment, draft.Wanted));
}

internal sealed record ReadSlotJson(string Slot, string Text, int Start, int End, double Confidence);

internal sealed record ReadDraftJson(string? TicketKey, string Project, string? Type, IReadOnlyList<FieldValue> Fields, string? Status, string? Comment, string? Wanted);
