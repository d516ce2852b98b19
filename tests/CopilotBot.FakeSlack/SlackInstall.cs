namespace CopilotBot.FakeSlack;

/// <summary>The app in one workspace or in one organisation: its bot user, its scopes and whether it is there at all (facts §7).</summary>
public sealed class SlackInstall
{
    /// <summary>Scopes of an install that nobody chose otherwise; <c>reactions:write</c> is not among them.</summary>
    public static IReadOnlyList<string> DefaultScopes { get; } =
    [
        "app_mentions:read", "assistant:write", "chat:write", "commands", "im:history", "im:read", "im:write", "users:read", "users:read.email",
        "channels:history", "groups:history", "mpim:history", "channels:read", "groups:read", "mpim:read",
    ];

    internal SlackInstall(string key, string botUserId, string botId, string botToken) => (Key, BotUserId, BotId, BotToken) = (key, botUserId, botId, botToken);

    /// <summary>T… of a workspace, E… of an organisation.</summary>
    public string Key { get; }

    public string BotUserId { get; }

    public string BotId { get; }

    /// <summary>The newest token; an older one of a rotating install stays good until it expires.</summary>
    public string BotToken { get; internal set; }

    /// <summary>Null without rotation.</summary>
    public string? RefreshToken { get; internal set; }

    public bool IsInstalled { get; internal set; } = true;

    public bool IsEnterprise => Key[0] == 'E';

    /// <summary>Take one out to see <c>missing_scope</c>.</summary>
    public ISet<string> Scopes { get; } = new HashSet<string>(DefaultScopes);

    /// <summary>Whether the bot was told of its removal and took the word; it may not use the token from then on.</summary>
    internal bool IsRemovalTold { get; set; }
}
