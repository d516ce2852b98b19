using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>What stands where an answer will be.</summary>
internal static class TeamsPlaceholder
{
    public static JsonObject Looking() => Message("Looking that up …");

    public static JsonObject Busy() => Message("I am busy right now; I will answer here.");

    private static JsonObject Message(string text) => new() { ["type"] = "message", ["textFormat"] = "plain", ["text"] = text };
}
