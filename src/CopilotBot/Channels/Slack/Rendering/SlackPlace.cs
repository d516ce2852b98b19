namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>What kind of place an answer goes to; its buttons depend on it.</summary>
internal enum SlackPlace
{
    /// <summary>The person's own chat with the bot.</summary>
    Personal,

    /// <summary>A thread or channel that others see: offers "Ask privately", with every answer alike.</summary>
    Shared,

    /// <summary>Shown in a channel to one person alone: offers "Share with channel".</summary>
    Ephemeral,
}
