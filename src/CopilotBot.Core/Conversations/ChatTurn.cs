namespace CopilotBot.Conversations;

/// <summary>One question of one person.</summary>
public sealed record ChatTurn(TurnId Id, ConversationReference Conversation, UserIdentity User, string Text, DateTimeOffset Received);
