namespace CopilotBot.Conversations;

/// <summary>One question of one person.</summary>
public sealed record ChatTurn(TurnId Id, ConversationReference Conversation, UserIdentity User, string Text, DateTimeOffset Received)
{
    /// <summary>Everybody who will see the answer, the asker among them; it rests only on what all of them may read. Null where the asker alone sees it.</summary>
    public IReadOnlyList<UserIdentity>? Audience { get; init; }

    /// <summary>Name of what the person chose to have done, by a command or a button; null where it is to be read out of the text.</summary>
    public string? Intent { get; init; }

    /// <summary>The asker to the channel, where it has people of its own: what they ask to have written, nobody else confirms.</summary>
    public ChannelUser? Author { get; init; }

    /// <summary>Reads what stands around the question, when that is needed; null where nothing does.</summary>
    public Func<CancellationToken, Task<TurnSurroundings>>? Surroundings { get; init; }
}
