namespace CopilotBot.Tickets;

/// <summary>Whether a draft says all that the tracker requires.</summary>
public static class TicketCompleteness
{
    public const string Ticket = "ticket";

    public const string Comment = "comment";

    public const string Status = "status";

    /// <summary>Wanted where not even the project and the type are known.</summary>
    public const string Kind = "issuetype";

    /// <returns>Id of the first field that is required and not known; null where nothing is missing.</returns>
    public static string? WantedOf(TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return draft.Action switch
        {
            TicketAction.Create => draft.Type is { } type ? type.Fields.FirstOrDefault(field => field is { IsRequired: true, HasDefault: false } && !IsKnown(draft, field))?.Id : Kind,
            TicketAction.Update when TicketKeys.ProjectOf(draft.TicketKey) is null => Ticket,
            TicketAction.Update when string.IsNullOrWhiteSpace(draft.Comment) && string.IsNullOrWhiteSpace(draft.Status) => Comment,
            TicketAction.Update => null,
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.Action, "Unknown action."),
        };
    }

    /// <summary>Where only some values are allowed, a text that is none of them is no value.</summary>
    private static bool IsKnown(TicketDraft draft, TicketField field) => draft.Fields.Any(value => value.Field == field.Id && (field.Kind is TicketFieldKind.Choice or TicketFieldKind.Choices
        ? value.Ids.Count > 0 && value.Ids.All(id => field.Allowed.Any(allowed => allowed.Id == id))
        : !string.IsNullOrWhiteSpace(value.Text)));
}
