using System.Collections.Frozen;
using CopilotBot.Conversations;

namespace CopilotBot.Channels;

/// <summary>The adapter of each channel.</summary>
internal sealed class ChannelAdapters(IEnumerable<IChannelAdapter> adapters)
{
    private readonly FrozenDictionary<string, IChannelAdapter> _byChannel = adapters.ToFrozenDictionary(adapter => adapter.Channel, StringComparer.Ordinal);

    public IEnumerable<IChannelAdapter> All => _byChannel.Values;

    public bool Knows(ConversationReference conversation) => _byChannel.ContainsKey(conversation.Channel);

    public IChannelAdapter Of(ConversationReference conversation) => _byChannel[conversation.Channel];
}
