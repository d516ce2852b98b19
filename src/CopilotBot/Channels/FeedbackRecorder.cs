using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Telemetry;

namespace CopilotBot.Channels;

/// <summary>Keeps what people think of an answer that they see in a channel.</summary>
internal sealed class FeedbackRecorder(IChannelStore channels, ITurnStore turns, IFeedbackStore feedback, TimeProvider time)
{
    /// <param name="messageId">The platform's id of the rated message; null where it does not say.</param>
    /// <returns>False when no answer is known by that id.</returns>
    public bool Record(ConversationReference conversation, string? messageId, ChannelUser voter, Vote vote, string? reason, string? comment)
    {
        var turn = messageId is null ? null : channels.FindMessage(conversation, messageId)?.Turn;
        return turn is not null && Record(turn.Value, voter, vote, reason, comment);
    }

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

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
