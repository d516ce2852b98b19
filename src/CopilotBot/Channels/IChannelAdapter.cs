using CopilotBot.Answering;
using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <summary>One platform, as the turn engine sees it. Addresses and contents are the adapter's own texts: it wrote them, and it alone reads them.</summary>
internal interface IChannelAdapter
{
    /// <summary>As in <see cref="ConversationReference.Channel"/>.</summary>
    string Channel { get; }

    /// <summary>Who asks and who will see the answer. Never throws for what the platform does: whoever cannot be established reads less.</summary>
    Task<TurnReaders> FindReadersAsync(InboundTurn turn, CancellationToken cancellationToken);

    /// <summary>What is asked: the turn's text or, where that only points at what others said in the thread, their words. Never throws for what the platform does.</summary>
    Task<string> FindQuestionAsync(InboundTurn turn, CancellationToken cancellationToken);

    /// <summary>What stands around the turn's message. Never throws for what the platform does.</summary>
    Task<TurnSurroundings> FindSurroundingsAsync(InboundTurn turn, CancellationToken cancellationToken);

    /// <summary>Address of the thread that should be told what came of a turn that was shown elsewhere; null where its answer stands in the right place.</summary>
    string? FindThread(InboundTurn turn);

    /// <summary>How long what people wrote, what they were answered and how they voted is kept; null keeps it for evaluation.</summary>
    TimeSpan? Retention { get; }

    /// <param name="mayStream">The message may be posted as a stream; not when another one may still be open.</param>
    string Render(string address, Notice notice, bool mayStream);

    /// <summary>Words of our own, shown as they are.</summary>
    string Render(string address, string words);

    /// <summary>The visible messages of an answer, at least one; the first takes the place of the placeholder.</summary>
    IReadOnlyList<string> Render(InboundTurn turn, Answer answer);

    Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken);

    /// <summary>Doing the same update again changes nothing.</summary>
    /// <param name="isStream">The message is a stream that this content closes. <see cref="SendStatus.Gone"/> then means that it was removed and has to be posted anew.</param>
    Task<SendResult> UpdateAsync(string address, string messageId, bool isStream, string content, CancellationToken cancellationToken);

    Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken);

    /// <summary>Removes notices that a killed process posted and did not note, where the platform lets us read back. Never throws for what the platform does.</summary>
    /// <param name="since">They are not older than that.</param>
    /// <param name="isKnown">Whether the message is one that was noted.</param>
    Task RemoveOrphansAsync(string address, DateTimeOffset since, Func<string, bool> isKnown, CancellationToken cancellationToken);

    /// <summary>Null where answers are not streamed.</summary>
    IAnswerStream? OpenStream(InboundTurn turn, string messageId);
}
