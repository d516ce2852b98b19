using CopilotBot.Conversations;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>An install as it was read, and as the store has it: to change it only if nobody did meanwhile.</summary>
internal sealed record SlackStoredInstall(SlackInstallation Install, ChannelInstallation Row);
