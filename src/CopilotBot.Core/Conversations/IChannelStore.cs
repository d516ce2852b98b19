namespace CopilotBot.Conversations;

/// <summary>
/// What channels owe: turns that were taken, messages that have to be shown, conversations that are known. Every write is durable against a killed process
/// when the call returns, and all or nothing. Safe for concurrent use.
/// </summary>
public interface IChannelStore
{
    /// <summary>Stores the turn unless one of the keys is known already; then nothing changes and the result is false.</summary>
    bool TryAdd(InboundTurn turn, IReadOnlyList<string> keys);

    /// <summary>Takes the turn up; null when it is closed, unknown, or leased beyond <paramref name="now"/>.</summary>
    InboundTurn? TryLease(TurnId id, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Counts an attempt: the work on the answer begins now, so whatever kills the process from here on may be this turn's doing.</summary>
    void Begin(TurnId id);

    /// <summary>Frees the turn at once, for the next who wants it; closed turns stay closed.</summary>
    /// <param name="isAttempt">False takes back the attempt that was begun: it was broken off from outside.</param>
    void Release(TurnId id, bool isAttempt);

    /// <summary>Closes the turn and stores the messages, in one step.</summary>
    void Close(TurnId id, IReadOnlyList<OutboundMessage> messages);

    InboundTurn? FindTurn(TurnId id);

    /// <summary>All turns about one message of a person, closed ones too, in the order they were received.</summary>
    IReadOnlyList<InboundTurn> GetTurns(ConversationReference conversation, string messageId);

    /// <summary>Turns that are not closed, in the order they were received.</summary>
    IReadOnlyList<InboundTurn> GetOpenTurns();

    /// <summary>Stores the message; the same id again replaces it.</summary>
    void Save(OutboundMessage message);

    /// <summary>Stores the message unless there is one with its id; then nothing changes and the result is false.</summary>
    bool TryAdd(OutboundMessage message);

    /// <summary>All parts of the answer to a message, by part.</summary>
    IReadOnlyList<OutboundMessage> GetAnswer(ConversationReference conversation, string replyTo);

    /// <summary>Messages of a conversation that are owed, oldest first, by part.</summary>
    IReadOnlyList<OutboundMessage> GetOwed(ConversationReference conversation);

    /// <summary>Conversations with owed messages.</summary>
    IReadOnlyList<ConversationReference> GetOwing();

    /// <summary>The message that the platform knows by this id, or null.</summary>
    OutboundMessage? FindMessage(ConversationReference conversation, string messageId);

    /// <summary>The newest answer shown in the conversation, or null when the bot never answered there.</summary>
    OutboundMessage? FindLastAnswer(ConversationReference conversation);

    void Save(ChannelConversation conversation);

    ChannelConversation? FindConversation(ConversationReference reference);

    /// <summary>All conversations of a channel.</summary>
    IReadOnlyList<ChannelConversation> GetConversations(string channel);

    /// <summary>Forgets closed turns and settled messages from before the time; returns how many went.</summary>
    /// <param name="channel">Only those of this channel; null for all, and for the keys of deliveries too.</param>
    int Prune(DateTimeOffset before, string? channel = null);
}
