namespace CopilotBot.Conversations;

/// <summary>Something that a person did in a channel and that the bot owes a reaction; stored before the platform is told that it arrived.</summary>
/// <param name="MessageId">The platform's id of the person's message; an edit and a deletion name the same one.</param>
/// <param name="Address">How to reply: written and read by the channel's adapter alone.</param>
public sealed record InboundTurn(
    TurnId Id, InboundKind Kind, ConversationReference Conversation, string MessageId, ChannelUser User, string Text, string Address, DateTimeOffset Received)
{
    /// <summary>As in <see cref="ChatTurn"/>.</summary>
    public string? Intent { get; init; }

    /// <summary>Of the person's clock, where the platform tells it with the message.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>How often work on the answer was begun; more than once only after a crash or a fault.</summary>
    public int Attempts { get; init; }

    /// <summary>Until when nobody else takes it up.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
}
