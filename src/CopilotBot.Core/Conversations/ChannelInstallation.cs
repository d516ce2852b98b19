namespace CopilotBot.Conversations;

/// <summary>The bot's place in one workspace of a channel, with the keys to it.</summary>
/// <param name="Channel">As in <see cref="ConversationReference.Channel"/>.</param>
/// <param name="Workspace">The platform's id of it.</param>
/// <param name="Protected">Encrypted by who saved it: the store cannot read it.</param>
/// <param name="Installed">When somebody installed it; a renewal of its keys is no new install.</param>
public sealed record ChannelInstallation(string Channel, string Workspace, string Protected, DateTimeOffset Installed)
{
    /// <summary>Without the keys, also where they are encrypted.</summary>
    public override string ToString() => $"install of {Channel} {Workspace}";
}
