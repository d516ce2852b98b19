namespace CopilotBot.Conversations;

/// <summary>One question of one person.</summary>
public sealed record ChatTurn(TurnId Id, ConversationReference Conversation, UserIdentity User, string Text, DateTimeOffset Received)
{
    /// <summary>Everybody who will see the answer, the asker among them; it rests only on what all of them may read. Null where the asker alone sees it.</summary>
    public IReadOnlyList<UserIdentity>? Audience { get; init; }
}
