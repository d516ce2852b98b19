namespace CopilotBot.Channels.Slack.Sockets;

/// <summary>Why a socket is not, or will soon not be, one that Slack delivers to.</summary>
internal enum SlackSocketEnd
{
    /// <summary>The connection is gone.</summary>
    Closed,

    /// <summary>It never greeted.</summary>
    Silent,

    /// <summary>Slack wants another one in its place, and delivers here until then.</summary>
    Refresh,

    TooMany,

    /// <summary>Socket Mode was switched off for the app.</summary>
    Disabled,
}
