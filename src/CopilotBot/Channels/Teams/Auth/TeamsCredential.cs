namespace CopilotBot.Channels.Teams.Auth;

/// <summary>By what the bot gets its own tokens.</summary>
internal enum TeamsCredential
{
    Secret,
    Certificate,

    /// <summary>The bot is registered as a user-assigned managed identity (the older kind of bot).</summary>
    ManagedIdentity,

    /// <summary>The bot is an app registration that trusts a managed identity: its token is the assertion.</summary>
    FederatedIdentity,
}
