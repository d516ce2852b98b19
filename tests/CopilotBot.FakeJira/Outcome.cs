using System.Text.Json.Nodes;

namespace CopilotBot.FakeJira;

/// <summary>What one call is answered.</summary>
/// <param name="Body">Null for an empty body.</param>
internal sealed record Outcome(int Status, JsonNode? Body = null)
{
    public static Outcome Ok(JsonNode body) => new(200, body);

    /// <summary>An ErrorCollection of jira-cloud-api.json.</summary>
    public static Outcome Error(int status, string message) => new(status, new JsonObject { ["errorMessages"] = new JsonArray(message), ["errors"] = new JsonObject() });

    /// <param name="errors">By id of the field.</param>
    public static Outcome FieldErrors(IReadOnlyDictionary<string, string> errors) => new(
        400, new JsonObject { ["errorMessages"] = new JsonArray(), ["errors"] = new JsonObject([.. errors.Select(error => KeyValuePair.Create(error.Key, (JsonNode?)error.Value))]) });
}
