namespace CopilotBot.Channels.Slack;

internal enum SlackDeliveryKind
{
    Event,
    Command,
    Interaction,
}
