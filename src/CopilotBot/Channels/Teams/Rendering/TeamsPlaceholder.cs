using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>Messages without an answer.</summary>
internal static class TeamsPlaceholder
{
    public static JsonObject Of(Notice notice) => Words(notice switch
    {
        Notice.Looking => "Looking that up …",
        Notice.Busy => "I am busy right now; I will answer here.",
        Notice.More => "…",
        Notice.Withdrawn => "The question was deleted, and my answer with it.",
        _ => throw new ArgumentOutOfRangeException(nameof(notice)),
    });

    public static JsonObject Words(string text) => new() { ["type"] = "message", ["textFormat"] = "plain", ["text"] = text };
}
