using System.Text.Json.Nodes;

namespace CopilotBot.FakeConfluence;

/// <summary>What one call is answered.</summary>
/// <param name="Body">Null for an empty body.</param>
/// <param name="Next">Path and query of the next page, for the Link header; null on the last one and where a listing has offsets.</param>
/// <param name="Redirect">Where the bytes are instead.</param>
/// <param name="Bytes">Of a file, in place of a body.</param>
internal sealed record Outcome(int Status, JsonNode? Body = null, string? Next = null, string? Redirect = null, byte[]? Bytes = null)
{
    public static Outcome NotFound => Error(404, "It does not exist, or you may not view it.");

    public static Outcome Ok(JsonNode body, string? next = null) => new(200, body, next);

    public static Outcome Error(int status, string message) => new(status, new JsonObject
    {
        ["statusCode"] = status,
        ["message"] = message,
        ["errors"] = new JsonArray(new JsonObject { ["status"] = status, ["title"] = message }),
    });
}
