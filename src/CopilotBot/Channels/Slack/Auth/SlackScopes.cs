namespace CopilotBot.Channels.Slack.Auth;

/// <summary>What the app asks for when it is installed; the manifest names the same.</summary>
internal static class SlackScopes
{
    public static IReadOnlyList<string> Bot { get; } =
    [
        "app_mentions:read", "assistant:write", "chat:write", "commands", "im:history", "im:read", "im:write", "users:read", "users:read.email",
        "channels:history", "groups:history", "mpim:history", "channels:read", "groups:read", "mpim:read",
    ];
}
