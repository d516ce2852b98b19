namespace CopilotBot.Conversations;

/// <summary>Where the bot is installed. Every write is durable against a killed process when the call returns, and all or nothing. Safe for concurrent use.</summary>
public interface IInstallationStore
{
    /// <summary>Stores the install; one of the same channel and workspace is replaced.</summary>
    void Save(ChannelInstallation installation);

    /// <summary>Replaces the install if it is still what the caller has seen; else nothing changes and the result is false.</summary>
    bool TryReplace(ChannelInstallation seen, ChannelInstallation installation);

    ChannelInstallation? Find(string channel, string workspace);

    /// <summary>All installs of a channel.</summary>
    IReadOnlyList<ChannelInstallation> GetInstallations(string channel);

    /// <summary>Forgets the install if it is still what the caller has seen; else nothing changes and the result is false.</summary>
    bool TryRemove(ChannelInstallation seen);
}
