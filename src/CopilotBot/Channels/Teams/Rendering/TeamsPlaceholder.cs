using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>Messages without an answer.</summary>
internal static class TeamsPlaceholder
{
    public static JsonObject Of(Notice notice) => Words(NoticeWords.Of(notice));

    public static JsonObject Words(string text) => new() { ["type"] = "message", ["textFormat"] = "plain", ["text"] = text };
}
