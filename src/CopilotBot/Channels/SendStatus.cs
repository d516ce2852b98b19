namespace CopilotBot.Channels;

internal enum SendStatus
{
    /// <summary>The platform took it.</summary>
    Done,

    /// <summary>Certainly not done; may be tried again (throttled, write conflict, no connection).</summary>
    TryAgain,

    /// <summary>Perhaps done: no answer, or a server error after the request was sent. An update may be repeated, a create may not without need.</summary>
    Unknown,

    /// <summary>The content is not accepted, now or later (malformed, too large).</summary>
    ContentRefused,

    /// <summary>The message, or its conversation, is not there any more.</summary>
    Gone,

    /// <summary>The bot may not write here (not installed, blocked, disabled), or is not let in at all.</summary>
    Forbidden,

    /// <summary>The person stopped the answer while it was streamed.</summary>
    Stopped,
}
