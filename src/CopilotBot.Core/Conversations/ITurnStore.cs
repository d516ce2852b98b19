namespace CopilotBot.Conversations;

/// <summary>Finished turns. Writes are durable against a killed process when the call returns.</summary>
public interface ITurnStore
{
    /// <summary>Stores the turn; the same id again replaces it.</summary>
    void Save(TurnRecord turn);

    TurnRecord? Find(TurnId id);

    /// <summary>Newest first.</summary>
    IReadOnlyList<TurnRecord> GetRecent(int count);

    /// <summary>The turns of one conversation, newest first: a conversation is its turns, nothing else is kept of it.</summary>
    IReadOnlyList<TurnRecord> GetConversation(ConversationReference conversation, int count);

    /// <summary>Forgets the turns of a channel that were received before the time; returns how many went.</summary>
    int Prune(string channel, DateTimeOffset before);
}
