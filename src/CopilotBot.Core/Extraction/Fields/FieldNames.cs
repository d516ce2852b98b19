using CopilotBot.Extraction.Rules;
using CopilotBot.Tickets;

namespace CopilotBot.Extraction.Fields;

/// <summary>Which fields of a tracker take which slot: as the rules say, else by the usual ids and names.</summary>
internal static class FieldNames
{
    public const string Summary = "summary";

    public const string Description = "description";

    private static readonly Dictionary<string, string[]> Usual = new()
    {
        [Slots.Priority] = ["priority", "urgency", "severity"],
        [Slots.System] = ["components", "component", "component/s", "system", "affected system", "application", "service", "affected service", "affected services", "configuration item", "device"],
        [Slots.Version] = ["versions", "affects versions", "affects version/s", "affected version", "version", "build"],
        [Slots.Environment] = ["environment"],
        [Slots.Location] = ["location", "site", "building", "office", "room"],
        [Slots.Error] = ["error code", "error", "error message"],
        [Slots.Assignee] = ["assignee"],
        [Slots.AffectedPerson] = ["affected person", "affected people", "affected user", "affected users", "requested for", "on behalf of"],
        [Slots.DueDate] = ["duedate", "due date", "deadline", "needed by", "target date"],
        [Slots.Started] = ["started", "incident start", "start of incident", "occurred", "since"],
        [Slots.Label] = ["labels", "label", "tags"],
        [Slots.TicketKey] = ["issuelinks", "linked issues", "linked work items", "related tickets"],
    };

    /// <summary>How a line of the description calls a slot that has no field of its own.</summary>
    private static readonly Dictionary<string, string> Titles = new()
    {
        [Slots.System] = "System",
        [Slots.Version] = "Version",
        [Slots.Environment] = "Environment",
        [Slots.Location] = "Location",
        [Slots.Error] = "Error",
        [Slots.Assignee] = "For the attention of",
        [Slots.AffectedPerson] = "Affected",
        [Slots.DueDate] = "Due",
        [Slots.Started] = "Started",
        [Slots.Label] = "Labels",
        [Slots.TicketKey] = "Related",
        [Slots.Priority] = "Impact",
    };

    /// <summary>The field of the rules alone where they name one; else all that fit, the likeliest first.</summary>
    public static IEnumerable<TicketField> For(string slot, TicketType type, TicketRules rules)
    {
        if (rules.SlotFields.TryGetValue(slot, out var named))
        {
            return type.Fields.Where(field => TicketRules.IsNamed(field, named));
        }

        return Usual.GetValueOrDefault(slot, []).SelectMany(name => type.Fields.Where(field => TicketRules.IsNamed(field, name))).Distinct();
    }

    public static string? TitleOf(string slot) => Titles.GetValueOrDefault(slot);
}
