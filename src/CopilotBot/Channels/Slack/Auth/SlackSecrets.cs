namespace CopilotBot.Channels.Slack.Auth;

/// <summary>From the environment or user secrets only. A class, not a record: nothing prints what it holds.</summary>
internal sealed class SlackSecrets
{
    public const string SigningSecretVariable = "COPILOTBOT_SLACK_SIGNING_SECRET";

    public const string BotTokenVariable = "COPILOTBOT_SLACK_BOT_TOKEN";

    public const string AppTokenVariable = "COPILOTBOT_SLACK_APP_TOKEN";

    public const string ClientSecretVariable = "COPILOTBOT_SLACK_CLIENT_SECRET";

    public string? SigningSecret { get; set; }

    /// <summary>xoxb-…, of the one workspace that the app is installed in.</summary>
    public string? BotToken { get; set; }

    /// <summary>xapp-…, for Socket Mode.</summary>
    public string? AppToken { get; set; }

    public string? ClientSecret { get; set; }
}
