using CopilotBot.Tickets;

namespace CopilotBot.Extraction.Training;

/// <summary>Which slot of a message fills which field of a tracker.</summary>
internal static class SlotNames
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["issuetype"] = "issue_type",
        ["type"] = "issue_type",
        ["priority"] = "priority",
        ["components"] = "system",
        ["component"] = "system",
        ["system"] = "system",
        ["affectedsystem"] = "system",
        ["versions"] = "version",
        ["affectsversions"] = "version",
        ["version"] = "version",
        ["environment"] = "environment",
        ["location"] = "location",
        ["error"] = "error",
        ["errorcode"] = "error",
        ["errormessage"] = "error",
        ["assignee"] = "assignee",
        ["reporter"] = "affected_person",
        ["affectedperson"] = "affected_person",
        ["duedate"] = "due_date",
        ["started"] = "started",
        ["status"] = "status",
        ["labels"] = "label",
        ["label"] = "label",
        ["issuelinks"] = "ticket_key",
        ["linkedissues"] = "ticket_key",
        ["project"] = "project",
        ["comment"] = "comment",
    };

    /// <summary>By the field's id, or for a custom field by its name; null where no slot fills it, as for summary and description.</summary>
    public static string? Of(string field, TicketType? type) =>
        Known.GetValueOrDefault(Plain(field)) ?? (type?.Fields.FirstOrDefault(known => known.Id == field) is { } known ? Known.GetValueOrDefault(Plain(known.Name)) : null);

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetter));
}
