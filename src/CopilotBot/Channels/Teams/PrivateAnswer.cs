namespace CopilotBot.Channels.Teams;

internal enum PrivateAnswer
{
    /// <summary>The question waits in the personal chat.</summary>
    Coming,

    UnknownQuestion,

    /// <summary>The bot has no personal chat with this person until they install it.</summary>
    NotInstalled,

    TryLater,
}
