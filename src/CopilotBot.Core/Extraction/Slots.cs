namespace CopilotBot.Extraction;

/// <summary>Names of the slots of the shipped tagger.</summary>
public static class Slots
{
    public const string TicketKey = "ticket_key";

    public const string IssueType = "issue_type";

    public const string Priority = "priority";

    public const string System = "system";

    public const string Version = "version";

    public const string Environment = "environment";

    public const string Location = "location";

    public const string Error = "error";

    public const string Assignee = "assignee";

    public const string AffectedPerson = "affected_person";

    public const string DueDate = "due_date";

    public const string Started = "started";

    public const string Status = "status";

    public const string Label = "label";

    public const string Project = "project";

    public const string Comment = "comment";

    public static IReadOnlyList<string> All { get; } =
        [TicketKey, IssueType, Priority, System, Version, Environment, Location, Error, Assignee, AffectedPerson, DueDate, Started, Status, Label, Project, Comment];
}
