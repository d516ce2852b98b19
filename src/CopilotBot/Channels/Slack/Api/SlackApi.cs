using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>Slack's Web API (facts/slack.md §2). Calls keep to the limits of their method and workspace and are made once: who repeats them knows what may be repeated.</summary>
internal sealed class SlackApi
{
    /// <param name="workspace">Key of the install whose token is used.</param>
    /// <param name="method">"chat.postMessage".</param>
    /// <param name="arguments">Texts as they are, everything else as JSON; null values are left out.</param>
    public Task<SlackReply> CallAsync(string workspace, string method, JsonObject arguments, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Whether a call of the method in the workspace would go out at once; counts it as made when it would, so the call itself then does not wait.</summary>
    public bool TryReserve(string workspace, string method) => throw new NotImplementedException();

    /// <summary>Answers by a response_url (§1.4): JSON, no token.</summary>
    public Task<SlackReply> RespondAsync(string responseUrl, JsonObject message, CancellationToken cancellationToken) => throw new NotImplementedException();
}
