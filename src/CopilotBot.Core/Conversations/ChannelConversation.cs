namespace CopilotBot.Conversations;

/// <summary>A conversation that the bot is part of: where it may speak without having been asked just now.</summary>
/// <param name="Kind">"personal", "group" or "channel".</param>
/// <param name="User">The person of a personal conversation, else null.</param>
/// <param name="Address">The newest one seen; as in <see cref="InboundTurn"/>.</param>
/// <param name="IsClosed">The bot was removed or may not write there any more.</param>
public sealed record ChannelConversation(
    ConversationReference Reference, string Kind, string? Tenant, ChannelUser? User, string Address, DateTimeOffset LastSeen, bool IsWelcomed, bool IsClosed);
