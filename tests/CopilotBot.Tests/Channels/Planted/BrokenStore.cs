using CopilotBot.Conversations;

namespace CopilotBot.Tests.Channels.Planted;

/// <summary>The product's store with a bug before it.</summary>
internal sealed class BrokenStore(IChannelStore store) : IChannelStore
{
    public Func<IReadOnlyList<string>, IReadOnlyList<string>> Keys { get; init; } = keys => keys;

    public Func<InboundTurn, InboundTurn> Taken { get; init; } = turn => turn;

    public Func<IReadOnlyList<OutboundMessage>, IReadOnlyList<OutboundMessage>> Owed { get; init; } = messages => messages;

    /// <summary>Knows neither what was welcomed nor what was said.</summary>
    public bool IsForgetful { get; init; }

    public bool TryAdd(InboundTurn turn, IReadOnlyList<string> keys) => store.TryAdd(Taken(turn), Keys(keys));

    public InboundTurn? TryLease(TurnId id, DateTimeOffset now, DateTimeOffset until) => store.TryLease(id, now, until) is { } turn ? Taken(turn) : null;

    public void Begin(TurnId id) => store.Begin(id);

    public void Release(TurnId id, bool isAttempt) => store.Release(id, isAttempt);

    public void Close(TurnId id, IReadOnlyList<OutboundMessage> messages) => store.Close(id, Owed(messages));

    public InboundTurn? FindTurn(TurnId id) => store.FindTurn(id);

    public IReadOnlyList<InboundTurn> GetTurns(ConversationReference conversation, string messageId) => store.GetTurns(conversation, messageId);

    public IReadOnlyList<InboundTurn> GetOpenTurns() => store.GetOpenTurns();

    public void Save(OutboundMessage message) => store.Save(message);

    public bool TryAdd(OutboundMessage message) => store.TryAdd(IsForgetful ? message with { Id = Guid.NewGuid().ToString() } : message);

    public IReadOnlyList<OutboundMessage> GetAnswer(ConversationReference conversation, string replyTo) => store.GetAnswer(conversation, replyTo);

    public IReadOnlyList<OutboundMessage> GetOwed(ConversationReference conversation) => store.GetOwed(conversation);

    public IReadOnlyList<ConversationReference> GetOwing() => store.GetOwing();

    public OutboundMessage? FindMessage(ConversationReference conversation, string messageId) => store.FindMessage(conversation, messageId);

    public OutboundMessage? FindLastAnswer(ConversationReference conversation) => store.FindLastAnswer(conversation);

    public void Save(ChannelConversation conversation) => store.Save(IsForgetful ? conversation with { IsWelcomed = false } : conversation);

    public ChannelConversation? FindConversation(ConversationReference reference) => store.FindConversation(reference);

    public IReadOnlyList<ChannelConversation> GetConversations(string channel) => store.GetConversations(channel);

    public int Prune(DateTimeOffset before, string? channel) => store.Prune(before, channel);
}
