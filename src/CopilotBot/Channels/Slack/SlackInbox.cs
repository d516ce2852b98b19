using System.Text.Json.Nodes;
using CopilotBot.Telemetry;

namespace CopilotBot.Channels.Slack;

/// <summary>What becomes of a delivery, by whichever way it came: stored as a turn, noted, or ignored. Nothing here waits for anybody.</summary>
internal sealed class SlackInbox(SlackEvents events, SlackCommands commands, SlackInteractions interactions)
{
    /// <returns>What Slack is answered with; null for nothing but that it arrived.</returns>
    public Task<JsonObject?> TakeAsync(SlackDelivery delivery)
    {
        var (kind, result, answer) = delivery.Kind switch
        {
            SlackDeliveryKind.Event => events.Take(delivery.Payload),
            SlackDeliveryKind.Command => commands.Take(delivery.Payload),
            SlackDeliveryKind.Interaction => interactions.Take(delivery.Payload),
            _ => throw new ArgumentOutOfRangeException(nameof(delivery)),
        };
        CopilotTelemetry.EventReceived(SlackAdapter.Name, kind, result);
        return Task.FromResult(answer);
    }
}
