using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Teams;

/// <summary>Activities as they are stored and sent: letters as letters, because Teams counts what it gets.</summary>
internal static class TeamsWire
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonObject activity) => activity.ToJsonString(Readable);

    public static JsonObject Read(string content) => JsonNode.Parse(content) as JsonObject ?? throw new FormatException("The stored content is no activity.");
}
