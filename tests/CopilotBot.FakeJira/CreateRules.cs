using System.Globalization;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>Whether the fields of a new issue are what its create screen takes (POST /rest/api/3/issue, and the create metadata).</summary>
internal sealed class CreateRules(JiraState state, JiraEdition edition, Func<JsonNode, IReadOnlyList<string>> documentFaults)
{
    private const string Source = "POST /rest/api/3/issue";

    private static readonly string[] Given = ["project", "issuetype"];

    public void Check(JsonObject fields, TypeState type)
    {
        foreach (var (id, value) in fields.Where(field => !Given.Contains(field.Key)))
        {
            var field = type.Fields.FirstOrDefault(field => field.Id == id && field.Items is not ("issuelinks" or "attachment"))
                ?? throw RuleException.OfField("field-unknown", Source, id, $"Field '{id}' cannot be set. It is not on the appropriate screen, or unknown.");
            CheckValue(field, value);
        }

        foreach (var field in type.Fields.Where(field => field is { IsRequired: true, HasDefault: false } && fields[field.Id] is null))
        {
            throw RuleException.OfField("field-missing", Source, field.Id, $"{field.Name} is required.");
        }
    }

    /// <summary>Rich text on Cloud is a document, on Data Center a text.</summary>
    public void CheckRich(JsonNode? value, string where)
    {
        if (edition == JiraEdition.DataCenter)
        {
            _ = Text(value) ?? throw RuleException.OfField("text-type", "§2.8", where, "Operation value must be a string");
            return;
        }

        DocumentRules.Check(value, where);
        if (documentFaults(value!) is [var fault, ..]) // checked
        {
            throw RuleException.OfField("adf-schema", "adf-schema-v1-full.json", where, fault);
        }
    }

    private void CheckValue(JiraField field, JsonNode? value)
    {
        switch (field)
        {
            case { IsRich: true }:
                CheckRich(value, field.Id);
                break;
            case { Type: "string" }:
                CheckLine(field, value);
                break;
            case { Type: "array", Items: "string" }:
                CheckLabels(field, value);
                break;
            case { Type: "array", Allowed: not null }:
                foreach (var one in value as JsonArray ?? throw RuleException.OfField("value-type", Source, field.Id, "data was not an array"))
                {
                    CheckAllowed(field, one);
                }

                break;
            case { Allowed: not null }:
                CheckAllowed(field, value);
                break;
            case { Type: "user" }:
                CheckUser(field, value);
                break;
            case { Type: "date" }:
                CheckDate(field, value);
                break;
            default:
                throw RuleException.OfField("value-type", Source, field.Id, $"The bot knows no fields of the type {field.Type}.");
        }
    }

    private static void CheckLine(JiraField field, JsonNode? value)
    {
        if (Text(value) is not { } line)
        {
            throw RuleException.OfField("value-type", Source, field.Id, "Operation value must be a string");
        }

        if (line.Length > 255 || line.Contains('\n', StringComparison.Ordinal))
        {
            throw RuleException.OfField("line", Source, field.Id, $"{field.Name} must be one line of at most 255 characters.");
        }
    }

    private static void CheckLabels(JiraField field, JsonNode? value)
    {
        if (value is not JsonArray labels || labels.Any(label => Text(label) is not { Length: > 0 and <= 255 } text || text.Any(char.IsWhiteSpace)))
        {
            throw RuleException.OfField("label", Source, field.Id, "The label contains spaces which is invalid.");
        }
    }

    private static void CheckAllowed(JiraField field, JsonNode? value)
    {
        if (value is not JsonObject one || Text(one["id"]) is not { } id || field.Allowed!.All(allowed => allowed.Id != id)) // asked before
        {
            throw RuleException.OfField("value-allowed", Source, field.Id, "Option id is not valid");
        }
    }

    private void CheckUser(JiraField field, JsonNode? value)
    {
        var user = (value as JsonObject)?[edition == JiraEdition.Cloud ? "accountId" : "name"];
        if (Text(user) is not { } account || !state.Users.Any(known => known.IsActive && (edition == JiraEdition.Cloud ? known.AccountId : known.Name) == account))
        {
            throw RuleException.OfField("user", edition == JiraEdition.Cloud ? Source : "§2.8", field.Id, "User cannot be assigned issues.");
        }
    }

    private static void CheckDate(JiraField field, JsonNode? value)
    {
        if (!DateOnly.TryParseExact(Text(value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw RuleException.OfField("date", Source, field.Id, "Error parsing date string");
        }
    }

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
