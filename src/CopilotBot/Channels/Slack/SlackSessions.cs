using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Api;

namespace CopilotBot.Channels.Slack;

/// <summary>The sessions that a chat with the bot is a list of (facts/slack.md §0). A stream begins one as "processing" and ends it as "active" by itself.</summary>
internal sealed class SlackSessions(SlackApi api)
{
    public Task<SlackReply> MarkActiveAsync(string workspace, string channel, string thread, CancellationToken cancellationToken) =>
        CallAsync(workspace, "agents.sessions.setStatus", channel, thread, ("status", "active"), cancellationToken);

    public Task<SlackReply> NameAsync(string workspace, string channel, string thread, string title, CancellationToken cancellationToken) =>
        CallAsync(workspace, "agents.sessions.rename", channel, thread, ("title", title), cancellationToken);

    private Task<SlackReply> CallAsync(string workspace, string method, string channel, string thread, (string Name, string Value) what, CancellationToken cancellationToken) =>
        api.CallAsync(workspace, method, new JsonObject { ["channel_id"] = channel, ["thread_ts"] = thread, [what.Name] = what.Value }, cancellationToken);
}
