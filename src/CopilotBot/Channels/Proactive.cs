using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <summary>Messages that nobody asked for just now: stored, then delivered by the worker, at most once.</summary>
internal sealed class Proactive(IChannelStore store, ConversationSchedule schedule, TimeProvider time)
{
    /// <param name="key">What the message is about; another one with the same key is not sent to the same conversation.</param>
    /// <returns>False when it was said before.</returns>
    public bool Say(ChannelConversation conversation, string key, string content)
    {
        var message = new OutboundMessage
        {
            Id = OutboundMessage.IdOf(conversation.Reference, $"proactive:{key}", 0),
            Conversation = conversation.Reference,
            Address = conversation.Address,
            Turn = TurnId.New(),
            Created = time.GetUtcNow(),
            Mode = DeliveryMode.Once,
            Content = content,
            IsOwed = true,
        };
        var isNew = store.TryAdd(message);
        if (isNew)
        {
            schedule.AddOwing(conversation.Reference);
        }

        return isNew;
    }
}
