using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

/// <summary>The chats and channels that the bot was spoken to in: where an announcement or "it was fixed" can go.</summary>
internal sealed class SlackConversations(IChannelStore store, Proactive proactive, IOptions<SlackOptions> options, TimeProvider time)
{
    private const string Personal = "personal";

    private static readonly TimeSpan WorthWriting = TimeSpan.FromDays(1);

    /// <summary>Writes only what is news.</summary>
    public void See(SlackAddress address)
    {
        var (reference, now) = (Reference(address), time.GetUtcNow());
        if (store.FindConversation(reference) is { IsClosed: false } known && now - known.LastSeen < WorthWriting)
        {
            return;
        }

        var user = address is { Place: SlackPlace.Personal, User: { } asker } ? SlackPeople.UserOf(address.Workspace, asker) : null;
        var place = address with { Thread = null, User = user is null ? null : address.User };
        store.Save(new ChannelConversation(reference, user is null ? "channel" : Personal, address.Workspace, user, place.ToString(), now, IsWelcomed: true, IsClosed: false));
    }

    /// <summary>Says what the bot can do to somebody who asks for help; once for each such message.</summary>
    public bool Help(SlackAddress address, ConversationReference thread, string ts) => proactive.Say(
        new ChannelConversation(thread, Personal, address.Workspace, null, address.ToString(), time.GetUtcNow(), IsWelcomed: true, IsClosed: false),
        $"help:{ts}",
        SlackViews.Help([.. options.Value.Examples]).Write());

    /// <summary>The app was removed from the workspace.</summary>
    public void Close(string workspace)
    {
        foreach (var known in store.GetConversations(SlackAdapter.Name).Where(known => known.Tenant == workspace && !known.IsClosed))
        {
            store.Save(known with { IsClosed = true });
        }
    }

    private static ConversationReference Reference(SlackAddress address) => new(SlackAdapter.Name, $"{address.Workspace}/{address.Channel}");
}
