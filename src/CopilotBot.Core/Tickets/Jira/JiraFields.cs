using System.Text.Json.Nodes;

namespace CopilotBot.Tickets.Jira;

/// <summary>The values of a draft as the members "fields" and "update" of a new issue.</summary>
internal static class JiraFields
{
    public const string Description = "description";

    private const string Labels = "labels";

    private const string LinkType = "Relates";

    private const int MostOfALine = 255;

    /// <summary>Whether a ticket of the type can be found by a label.</summary>
    public static bool HasLabels(TicketType? type) => type?.Fields.Any(field => field.Id == Labels) ?? false;

    /// <param name="draft">Of a new ticket, with its type.</param>
    /// <param name="accounts">Account of each field that names a person who was found.</param>
    public static (JsonObject Fields, JsonObject Update) Of(TicketDraft draft, IReadOnlyDictionary<string, string> accounts, JiraFlavour flavour, string label)
    {
        var type = draft.Type ?? throw new ArgumentException("A new ticket has a type.", nameof(draft));
        var fields = new JsonObject { ["project"] = new JsonObject { ["key"] = draft.Project }, ["issuetype"] = new JsonObject { ["id"] = type.Id } };
        var update = new JsonObject();
        var left = new List<string>();
        foreach (var (field, value) in type.Fields.Select(field => (field, draft.Fields.FirstOrDefault(value => value.Field == field.Id))).Where(pair => pair.Item2 is { Text.Length: > 0 }))
        {
            if (field.Kind == TicketFieldKind.Tickets)
            {
                update[field.Id] = Links(value!.Text); // filtered
            }
            else if (field.Id != Description && NodeOf(field, value!, accounts, flavour) is { } node)
            {
                fields[field.Id] = node;
            }
            else if (field.Id != Description)
            {
                left.Add($"{field.Name}: {value!.Text}");
            }
        }

        AddDescription(fields, type, draft, left, flavour);
        AddLabel(fields, type, label);
        return (fields, update);
    }

    /// <returns>Null where Jira would not know the value.</returns>
    private static JsonNode? NodeOf(TicketField field, FieldValue value, IReadOnlyDictionary<string, string> accounts, JiraFlavour flavour) => field.Kind switch
    {
        TicketFieldKind.Text => JsonValue.Create(Line(value.Text)),
        TicketFieldKind.LongText => JiraText.Write(flavour, value.Text),
        TicketFieldKind.Date => JsonValue.Create(value.Text),
        TicketFieldKind.Choice => value.Ids is [var id, ..] ? IdOf(id) : null,
        TicketFieldKind.Choices => value.Ids.Count > 0 ? new JsonArray([.. value.Ids.Select(IdOf)]) : null,
        TicketFieldKind.Labels => new JsonArray([.. Split(value.Text).Select(one => JsonValue.Create(one.Replace(' ', '-')))]),
        TicketFieldKind.Person => accounts.TryGetValue(field.Id, out var account) ? new JsonObject { [flavour == JiraFlavour.Cloud ? "accountId" : "name"] = account } : null,
        TicketFieldKind.Tickets or TicketFieldKind.Unsupported => null,
        _ => throw new InvalidOperationException($"Unknown kind of field {field.Kind}."),
    };

    private static JsonObject IdOf(string id) => new() { ["id"] = id };

    /// <summary>What found no field of its own, and where it was asked for, stand below the text.</summary>
    private static void AddDescription(JsonObject fields, TicketType type, TicketDraft draft, List<string> left, JiraFlavour flavour)
    {
        if (type.Fields.Any(field => field.Id == Description) && JiraText.Write(flavour, $"{draft.TextOf(Description)}\n\n{string.Join('\n', left)}", "Asked for in this message:", draft.Permalink) is { } text)
        {
            fields[Description] = text;
        }
    }

    private static void AddLabel(JsonObject fields, TicketType type, string label)
    {
        if (HasLabels(type))
        {
            var labels = fields[Labels] as JsonArray ?? [];
            labels.Add(label);
            fields[Labels] = labels;
        }
    }

    private static JsonArray Links(string keys) => new([.. Split(keys).Select(key => new JsonObject
    {
        ["add"] = new JsonObject { ["type"] = new JsonObject { ["name"] = LinkType }, ["outwardIssue"] = new JsonObject { ["key"] = key } },
    })]);

    private static string[] Split(string texts) => texts.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>One line of at most 255 characters.</summary>
    private static string Line(string text) => JiraText.Cut(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), MostOfALine);
}
