using CopilotBot.FakeJira;

namespace CopilotBot.Tests.Tickets;

/// <summary>A create screen with one field of each kind.</summary>
internal static class TicketScreen
{
    public static JiraField Tier { get; } = JiraField.Select(10042, "Affected tier", "Office", "Plant");

    public static JiraField Steps { get; } = JiraField.TextArea(10043, "Steps to reproduce");

    public static IReadOnlyList<JiraField> Fields { get; } =
    [
        JiraField.Summary, JiraField.Description, JiraField.Priority, JiraField.Components, JiraField.Assignee, JiraField.DueDate, JiraField.Labels, JiraField.Links, JiraField.Attachment, Tier, Steps,
    ];
}
