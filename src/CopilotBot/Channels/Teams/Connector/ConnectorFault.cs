namespace CopilotBot.Channels.Teams.Connector;

/// <summary>Why there is no answer.</summary>
internal enum ConnectorFault
{
    None,

    /// <summary>The address is off the list of hosts: nothing was sent, and no token asked for.</summary>
    HostRefused,

    /// <summary>The bot has no token for now.</summary>
    TokenMissing,

    /// <summary>The bot's credential is not accepted.</summary>
    TokenRefused,

    /// <summary>The request did not leave.</summary>
    NotSent,

    /// <summary>The request left, and no answer came.</summary>
    NoAnswer,
}
