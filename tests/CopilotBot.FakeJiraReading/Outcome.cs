using System.Text.Json.Nodes;

namespace CopilotBot.FakeJiraReading;

/// <summary>What one call is answered.</summary>
/// <param name="Redirect">Where the bytes are instead.</param>
/// <param name="Bytes">Of a file, in place of a body.</param>
internal sealed record Outcome(int Status, JsonNode? Body = null, string? Redirect = null, byte[]? Bytes = null)
{
    public static Outcome NotFound => Error(404, "It does not exist, or you do not have permission to see it.");

    public static Outcome Ok(JsonNode body) => new(200, body);

    public static Outcome Error(int status, string message) => new(status, new JsonObject { ["errorMessages"] = new JsonArray(message), ["errors"] = new JsonObject() });
}
