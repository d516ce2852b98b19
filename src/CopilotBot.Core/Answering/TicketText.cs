using CopilotBot.Tickets;

namespace CopilotBot.Answering;

/// <summary>A draft in words: the same on every surface, with buttons beside them or without.</summary>
public static class TicketText
{
    public static string Heading(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return (draft.State, draft.Action) switch
        {
            (TicketState.Open, TicketAction.Create) => draft.Type is null ? "Draft of a ticket" : $"Draft of a ticket: {Kind(draft)}",
            (TicketState.Open, _) => $"Draft of a change to {draft.TicketKey}",
            (TicketState.Confirmed, TicketAction.Create) => "Opening the ticket …",
            (TicketState.Confirmed, _) => $"Changing {draft.TicketKey} …",
            (TicketState.Done, TicketAction.Create) when draft.IsDryRun => $"Dry run: nothing was written. This would be the ticket: {Kind(draft)}",
            (TicketState.Done, _) when draft.IsDryRun => $"Dry run: nothing was written. This would change {draft.TicketKey}",
            (TicketState.Done, TicketAction.Create) => $"{draft.TicketKey} is open",
            (TicketState.Done, _) => $"{draft.TicketKey} is changed",
            (TicketState.Cancelled, _) => "Cancelled: nothing was written",
            (_, TicketAction.Create) => "The ticket could not be opened",
            _ => $"{draft.TicketKey} could not be changed",
        };
    }

    /// <summary>What is known, by the names that the tracker gives.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        List<(string, string)> lines = [];
        if (draft.Comment is { Length: > 0 } comment)
        {
            lines.Add(("Comment", comment));
        }

        if (draft.Status is { Length: > 0 } status)
        {
            lines.Add(("Status", status));
        }

        if (draft is { Action: TicketAction.Create, Type: null })
        {
            return [.. draft.Fields.Select(value => (char.ToUpperInvariant(value.Field[0]) + value.Field[1..], value.Text))];
        }

        return [.. lines, .. (draft.Type?.Fields ?? []).Where(field => draft.TextOf(field.Id) is { Length: > 0 }).Select(field => (field.Name, draft.TextOf(field.Id)!))]; // filtered
    }

    /// <summary>Name of the field that has to be known first, or null.</summary>
    public static string? Wanted(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.State == TicketState.Open ? NameOf(draft, draft.Wanted) : null;
    }

    /// <summary>What people call something that is wanted (<see cref="TicketCompleteness"/>).</summary>
    public static string? NameOf(TicketDraft draft, string? wanted)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return wanted switch
        {
            TicketCompleteness.Kind => "the kind of ticket",
            TicketCompleteness.Ticket => "the key of a ticket",
            TicketCompleteness.Comment => "a comment or a status",
            _ => draft.Type?.Fields.FirstOrDefault(field => field.Id == wanted)?.Name,
        };
    }

    /// <summary>Such as "3 similar tickets; VPN-4021 is open." Empty when there is none.</summary>
    public static string Similar(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var open = draft.Similar.Where(ticket => ticket.IsOpen).Select(ticket => ticket.Key).ToList();
        var count = draft.Similar.Count == 1 ? "1 similar ticket" : $"{draft.Similar.Count} similar tickets";
        return draft.State != TicketState.Open || draft.Similar.Count == 0 ? ""
            : open.Count == 0 ? $"{count}, none of them open."
            : $"{count}; {string.Join(", ", open)} {(open.Count == 1 ? "is" : "are")} open.";
    }

    /// <summary>What can be done, or what went wrong.</summary>
    public static string Closing(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.State switch
        {
            TicketState.Open when draft.Requester.Length == 0 => "Nothing is written from here: ask me in Teams or Slack, where you can change and confirm such a draft.",
            TicketState.Open => $"Nothing is written until {(draft.RequesterName.Length > 0 ? draft.RequesterName : "whoever asked")} confirms it.",
            TicketState.Failed => draft.Problem ?? "",
            _ => "",
        };
    }

    public static string Describe(TicketDraft draft)
    {
        string[] similar = Similar(draft) is { Length: > 0 } words ? [words, .. draft.Similar.Select(ticket => $"- {ticket.Key} {ticket.Title}")] : [];
        string?[] lines = [Heading(draft), .. Fields(draft).Select(field => $"- {field.Name}: {OneLine(field.Value)}"), Wanted(draft) is { } wanted ? $"Still needed: {wanted}." : null, .. similar, draft.Url, Closing(draft)];
        return string.Join('\n', lines.Where(line => !string.IsNullOrEmpty(line)));
    }

    private static string Kind(TicketDraft draft) => $"{draft.Project} · {draft.Type?.Name}";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
