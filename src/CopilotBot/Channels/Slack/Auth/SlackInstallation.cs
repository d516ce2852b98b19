namespace CopilotBot.Channels.Slack.Auth;

/// <summary>One install of the app (facts/slack.md §7).</summary>
/// <param name="Workspace">Its key: the team's id, or the organisation's where the whole organisation installed it.</param>
/// <param name="BotUserId">"U…" of the bot there.</param>
/// <param name="Expires">Null for a token that lasts.</param>
internal sealed record SlackInstallation(
    string Workspace, string? EnterpriseId, string? TeamId, bool IsOrgWide, string AppId, string BotUserId, string Token, string? RefreshToken, DateTimeOffset? Expires, DateTimeOffset Installed)
{
    public static string KeyOf(string? enterpriseId, string? teamId, bool isOrgWide) => (isOrgWide ? enterpriseId : teamId) ?? teamId ?? enterpriseId ?? "";

    /// <summary>Slack tells the time of an event in whole seconds.</summary>
    public static bool IsOlder(DateTimeOffset at, DateTimeOffset installed) => at.ToUnixTimeSeconds() < installed.ToUnixTimeSeconds();

    /// <summary>Without the tokens.</summary>
    public override string ToString() => $"install of {Workspace}";
}
