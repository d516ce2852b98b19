using System.Text.Json.Nodes;

namespace CopilotBot.Channels.Slack;

/// <summary>What becomes of a delivery: stored as a turn, noted, or ignored. Nothing here waits for anybody.</summary>
internal sealed class SlackInbox
{
    /// <returns>What Slack is answered with; null for nothing but that it arrived.</returns>
    public Task<JsonObject?> TakeAsync(SlackDelivery delivery) => throw new NotImplementedException();
}
