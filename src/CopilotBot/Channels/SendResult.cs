namespace CopilotBot.Channels;

/// <summary>What became of one call that shows, changes or removes a message.</summary>
/// <param name="MessageId">The platform's id of a message that was created; null where it gives none.</param>
/// <param name="Wait">How long the platform asks to wait, where it says so.</param>
/// <param name="IsStream">What was created is a stream: its first update closes it.</param>
/// <param name="Reason">The platform's error code or the kind of fault, for logs: never text of a person or a document, never a secret.</param>
internal sealed record SendResult(SendStatus Status, string? MessageId = null, TimeSpan? Wait = null, string Reason = "", bool IsStream = false)
{
    public static SendResult Done(string? messageId) => new(SendStatus.Done, messageId);
}
