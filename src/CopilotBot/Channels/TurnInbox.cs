using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <summary>Takes turns from the platforms. What it took is answered, whatever happens to the process.</summary>
internal sealed class TurnInbox(IChannelStore store, ConversationSchedule schedule)
{
    /// <summary>Stores the turn and wakes the worker; false when one of the keys came before: the platform delivered again.</summary>
    /// <param name="keys">What the platform's repeated deliveries have in common (architecture decision 1).</param>
    public bool TryAdd(InboundTurn turn, params IReadOnlyList<string> keys)
    {
        if (!store.TryAdd(turn, keys))
        {
            return false;
        }

        CrashPoint.Reached(CrashPoint.Stored);
        schedule.Add(turn);
        return true;
    }
}
