using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>A message as Slack writes it into answers and events.</summary>
internal static class MessageJson
{
    public static JsonObject Of(MessageState message, SlackInstall install, bool hasMetadata = true)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = message.UserId, ["ts"] = message.Ts, ["text"] = TextOf(message), ["team"] = message.Channel.Workspace.TeamId };
        if (message.IsTombstone)
        {
            (json["subtype"], json["hidden"], json["user"], json["text"]) = ("tombstone", true, "USLACKBOT", "This message was deleted.");
        }

        if (message.IsBot)
        {
            json["bot_id"] = install.BotId;
            json["app_id"] = SlackPlatform.TheAppId;
            json["bot_profile"] = new JsonObject { ["id"] = install.BotId, ["app_id"] = SlackPlatform.TheAppId, ["team_id"] = message.Channel.Workspace.TeamId };
        }

        if (message.Current?.Blocks is { Count: > 0 } blocks)
        {
            json["blocks"] = new JsonArray([.. blocks.Select(block => block.ToNode())]);
        }

        if (message.Versions.Count > 1)
        {
            json["edited"] = new JsonObject { ["user"] = message.UserId, ["ts"] = $"{message.Versions[^1].At.ToUnixTimeSeconds()}.000000" };
        }

        if (message.Metadata is { } metadata && hasMetadata)
        {
            json["metadata"] = metadata.ToNode();
        }

        if (message.Stream is { } stream)
        {
            json["streaming_state"] = stream.IsStopped || stream.IsStoppedByUser ? "completed" : "in_progress";
        }

        var replies = message.ThreadTs is null ? SlackDirectory.Replies(message.Channel, message.Ts).ToList() : [];
        if (message.ThreadTs is not null || replies.Count > 0)
        {
            json["thread_ts"] = message.ThreadTs ?? message.Ts;
        }

        if (replies.Count > 0)
        {
            json["reply_count"] = replies.Count;
            json["latest_reply"] = replies[^1].Ts;
        }

        return json;
    }

    private static string TextOf(MessageState message) => message.Stream?.Text is { Length: > 0 } streamed ? streamed : message.Current is { } current ? current.MarkdownText ?? current.Text : "";
}
