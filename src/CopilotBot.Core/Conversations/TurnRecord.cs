namespace CopilotBot.Conversations;

/// <summary>A finished turn with its whole trace, as kept in the state. Not shown to people: it holds what was near a missed question too.</summary>
/// <param name="Outcome">Name of the outcome.</param>
/// <param name="Citations">Chunk ids in the order of their numbers.</param>
/// <param name="Trace">Kernel functions and retrieval stages in order, with milliseconds.</param>
public sealed record TurnRecord(
    TurnId Id, ConversationReference Conversation, UserIdentity User, string Question, DateTimeOffset Received, string Outcome, string AnswerText,
    IReadOnlyList<string> Citations, IReadOnlyList<TurnCandidate> Candidates, IReadOnlyList<TurnStage> Trace, double? Confidence)
{
    /// <summary>What the message was taken for and how surely, the runners-up behind it: "create_ticket 0.97, ask_question 0.02". Null where that was not decided.</summary>
    public string? Route { get; init; }
}
