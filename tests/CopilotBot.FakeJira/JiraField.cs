using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>A field of a create screen.</summary>
/// <param name="Type">As in create metadata: string, array, user, priority, option, date and so on.</param>
/// <param name="Items">Of an array.</param>
/// <param name="Custom">Kind of a custom field; null for a system field.</param>
public sealed record JiraField(string Id, string Name, string Type, string? Items = null, string? Custom = null, bool IsRequired = false)
{
    private const string Kinds = "com.atlassian.jira.plugin.system.customfieldtypes:";

    public bool HasDefault { get; init; }

    /// <summary>Id and name.</summary>
    public IReadOnlyList<(string Id, string Name)>? Allowed { get; init; }

    public static JiraField Summary { get; } = new("summary", "Summary", "string", IsRequired: true);

    public static JiraField Description { get; } = new("description", "Description", "string");

    public static JiraField Labels { get; } = new("labels", "Labels", "array", "string");

    public static JiraField Assignee { get; } = new("assignee", "Assignee", "user");

    public static JiraField DueDate { get; } = new("duedate", "Due date", "date");

    public static JiraField Links { get; } = new("issuelinks", "Linked Issues", "array", "issuelinks");

    public static JiraField Priority { get; } = new("priority", "Priority", "priority") { Allowed = [("1", "Highest"), ("2", "High"), ("3", "Medium"), ("4", "Low")] };

    public static JiraField Components { get; } = new("components", "Components", "array", "component") { Allowed = [("10100", "Client"), ("10101", "Gateway")] };

    public static JiraField Attachment { get; } = new("attachment", "Attachment", "array", "attachment");

    internal bool IsRich => this is { Type: "string" } && (Id is "description" or "environment" || Custom == $"{Kinds}textarea");

    public static JiraField Select(int number, string name, params string[] options) => new($"customfield_{number}", name, "option", Custom: $"{Kinds}select")
    {
        Allowed = [.. options.Select((option, index) => ($"{number}{index}", option))],
    };

    public static JiraField TextArea(int number, string name) => new($"customfield_{number}", name, "string", Custom: $"{Kinds}textarea");

    public static JiraField Number(int number, string name) => new($"customfield_{number}", name, "number", Custom: $"{Kinds}float");

    /// <summary>A FieldCreateMetadata of jira-cloud-api.json.</summary>
    internal JsonObject Write(string address)
    {
        var schema = new JsonObject { ["type"] = Type };
        if (Items is not null)
        {
            schema["items"] = Items;
        }

        if (Custom is null)
        {
            schema["system"] = Id;
        }
        else
        {
            schema["custom"] = Custom;
            schema["customId"] = int.Parse(Id.Split('_')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        var field = new JsonObject
        {
            ["fieldId"] = Id,
            ["key"] = Id,
            ["name"] = Name,
            ["required"] = IsRequired,
            ["hasDefaultValue"] = HasDefault,
            ["operations"] = new JsonArray("set"),
            ["schema"] = schema,
        };
        if (Allowed is not null)
        {
            field["allowedValues"] = new JsonArray([.. Allowed.Select(value => new JsonObject { ["self"] = $"{address}/rest/api/3/value/{value.Id}", ["id"] = value.Id, [Custom is null ? "name" : "value"] = value.Name })]);
        }

        return field;
    }
}
