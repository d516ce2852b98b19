namespace CopilotBot.Channels;

/// <summary>What the bot shows where there is no answer yet, or no longer.</summary>
internal enum Notice
{
    /// <summary>The question was heard.</summary>
    Looking,

    /// <summary>The question was heard, and many wait before it.</summary>
    Busy,

    /// <summary>A further message of an answer is about to come.</summary>
    More,

    /// <summary>The question was deleted, on a platform that lets no message be removed.</summary>
    Withdrawn,
}
