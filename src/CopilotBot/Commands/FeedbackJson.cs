using CopilotBot.Conversations;
using CopilotBot.Feedback;

namespace CopilotBot.Commands;

/// <summary>A vote as <c>feedback list --json</c> prints it, with the trace of the turn.</summary>
/// <param name="Expected">Id of a document, "none", or null while nobody reviewed it.</param>
/// <param name="Trace">Kernel functions and retrieval stages in order, with milliseconds.</param>
internal sealed record FeedbackJson(
    string Id, string Vote, DateTimeOffset At, string Voter, string? Reason, string? Comment, string? Expected, DateTimeOffset? Told, string Turn, string Channel, string Conversation, string? Person,
    string Question, DateTimeOffset Received, string Outcome, string Answer, IReadOnlyList<string> Citations, IReadOnlyList<TurnCandidate> Candidates, IReadOnlyList<TurnStage> Trace, double? Confidence)
{
    public static FeedbackJson Of(FeedbackEntry entry, string? expected) => new(
        entry.Id,
        entry.Vote == Feedback.Vote.Up ? "up" : "down",
        entry.At,
        entry.Voter.Id,
        entry.Reason,
        entry.Comment,
        expected,
        entry.Told,
        entry.Turn.Id.Value,
        entry.Turn.Conversation.Channel,
        entry.Turn.Conversation.ConversationId,
        entry.Turn.User.PersonId,
        entry.Turn.Question,
        entry.Turn.Received,
        entry.Turn.Outcome,
        entry.Turn.AnswerText,
        entry.Turn.Citations,
        entry.Turn.Candidates,
        entry.Turn.Trace,
        entry.Turn.Confidence);
}
