namespace CopilotBot.Channels.Slack.Auth;

/// <summary>The token for a workspace, or why there is none. A class, not a record: nothing prints what it holds.</summary>
internal sealed class SlackAccess
{
    private SlackAccess(string? token, TimeSpan? wait, string problem) => (Token, Wait, Problem) = (token, wait, problem);

    public static SlackAccess NotInstalled { get; } = new(token: null, wait: null, "not installed");

    public string? Token { get; }

    /// <summary>Without a token: when to ask again, where that may help.</summary>
    public TimeSpan? Wait { get; }

    /// <summary>In words that may be logged.</summary>
    public string Problem { get; }

    public static SlackAccess Of(string token) => new(token, wait: null, "");

    public static SlackAccess Later(TimeSpan wait, string problem) => new(token: null, wait, problem);

    public static SlackAccess Refused(string problem) => new(token: null, wait: null, problem);
}
