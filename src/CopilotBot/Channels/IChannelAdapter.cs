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

    string Render(string address, Notice notice);

    /// <summary>Words of our own, shown as they are.</summary>
    string Render(string address, string words);

    /// <summary>The visible messages of an answer, at least one; the first takes the place of the placeholder.</summary>
    IReadOnlyList<string> Render(InboundTurn turn, Answer answer);

    Task<SendResult> PostAsync(string address, string content, CancellationToken cancellationToken);

    /// <summary>Doing the same update again changes nothing.</summary>
    Task<SendResult> UpdateAsync(string address, string messageId, string content, CancellationToken cancellationToken);

    Task<SendResult> RemoveAsync(string address, string messageId, CancellationToken cancellationToken);

    /// <summary>Null where answers are not streamed.</summary>
    IAnswerStream? OpenStream(InboundTurn turn, string messageId);
}
