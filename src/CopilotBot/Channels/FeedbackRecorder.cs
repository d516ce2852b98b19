using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Telemetry;

namespace CopilotBot.Channels;

/// <summary>Keeps what people think of an answer that they see in a channel.</summary>
internal sealed class FeedbackRecorder(ITurnStore turns, IFeedbackStore feedback, TimeProvider time)
{
    /// <returns>False when the turn is not known.</returns>
    public bool Record(TurnId turn, ChannelUser voter, Vote vote, string? reason, string? comment)
    {
        if (turns.Find(turn) is not { } record)
        {
            return false;
        }

        var id = FeedbackEntry.IdOf(turn, voter);
        var before = feedback.Find(id);
        feedback.Save(new FeedbackEntry(id, record, voter, vote, Words(reason), Words(comment), time.GetUtcNow(), before?.Expected, before?.Told));
        CopilotTelemetry.FeedbackGiven(record.Conversation.Channel, vote.ToString());
        return true;
    }

    /// <summary>Adds the reason to a vote.</summary>
    /// <returns>False when the person has not voted on the turn.</returns>
    public bool Explain(TurnId turn, ChannelUser voter, string? reason, string? comment)
    {
        if (feedback.Find(FeedbackEntry.IdOf(turn, voter)) is not { } vote)
        {
            return false;
        }

        feedback.Save(vote with { Reason = Words(reason), Comment = Words(comment), At = time.GetUtcNow() });
        return true;
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
