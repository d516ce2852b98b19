namespace CopilotBot.Tickets.Jira;

/// <summary>Create metadata as a schema: which of Jira's kinds of field can be filled from a chat.</summary>
internal static class JiraFieldKinds
{
    /// <summary>The bot sends them by itself.</summary>
    private static readonly string[] Given = ["project", "issuetype"];

    private static readonly string[] OneOf = ["priority", "option", "securitylevel", "resolution", "version", "component"];

    /// <returns>Null for a field that nobody has to fill.</returns>
    public static TicketField? Read(JiraField field)
    {
        var id = field.FieldId ?? field.Key ?? "";
        if (id.Length == 0 || Given.Contains(id))
        {
            return null;
        }

        var allowed = (field.AllowedValues ?? [])
            .Where(value => value is { Id: not null, Disabled: false, Archived: false } && (value.Name ?? value.Value) is not null)
            .Select(value => new AllowedValue(value.Id!, (value.Name ?? value.Value)!)) // filtered
            .ToList();
        var kind = KindOf(field.Schema, allowed.Count > 0);
        return new TicketField(id, field.Name, kind, field.Required, kind is TicketFieldKind.Choice or TicketFieldKind.Choices ? allowed : []) { HasDefault = field.HasDefaultValue };
    }

    private static TicketFieldKind KindOf(JiraFieldSchema? schema, bool hasValues) => schema switch
    {
        null => TicketFieldKind.Unsupported,
        { Type: "string", System: "summary" } => TicketFieldKind.Text,
        { Type: "string", System: "description" or "environment" } => TicketFieldKind.LongText,
        { Type: "string", Custom: { } custom } when custom.EndsWith(":textarea", StringComparison.Ordinal) => TicketFieldKind.LongText,
        { Type: "string", Custom: { } custom } when custom.EndsWith(":textfield", StringComparison.Ordinal) || custom.EndsWith(":url", StringComparison.Ordinal) => TicketFieldKind.Text,
        { Type: "user" } => TicketFieldKind.Person,
        { Type: "date" } => TicketFieldKind.Date,
        { Type: "array", Items: "string", System: "labels" } => TicketFieldKind.Labels,
        { Type: "array", Items: "string", Custom: { } custom } when custom.EndsWith(":labels", StringComparison.Ordinal) => TicketFieldKind.Labels,
        { Type: "array", Items: "issuelinks", System: "issuelinks" } => TicketFieldKind.Tickets,
        { Type: var type } when hasValues && OneOf.Contains(type) => TicketFieldKind.Choice,
        { Type: "array", Items: { } items } when hasValues && OneOf.Contains(items) => TicketFieldKind.Choices,
        _ => TicketFieldKind.Unsupported,
    };
}
