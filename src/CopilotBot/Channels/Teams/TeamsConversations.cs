using System.Text.Json.Nodes;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Teams;

/// <summary>The conversations that the bot is in (facts/teams.md §2.5): kept from what Teams delivers, welcomed once.</summary>
internal sealed class TeamsConversations(IChannelStore store, Proactive proactive, IOptions<TeamsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan WorthWriting = TimeSpan.FromHours(1);

    /// <summary>Notes where the conversation is reached now; the address changes.</summary>
    public ChannelConversation See(TeamsActivity activity)
    {
        var (seen, now) = (activity.Conversation, time.GetUtcNow());
        var address = TeamsAddress.Of(activity, seen with { Id = seen.BaseId }).ToString();
        var user = seen.Kind == TeamsConversation.Personal ? new ChannelUser(TeamsPeople.UserOf(activity.From.ObjectId, activity.From.Id), activity.From.Name) : null;
        var known = store.FindConversation(Reference(seen));
        var conversation = new ChannelConversation(Reference(seen), seen.Kind, seen.Tenant, user, address, now, known?.IsWelcomed == true, IsClosed: false);
        if (known is null || known with { LastSeen = now } != conversation || now - known.LastSeen > WorthWriting)
        {
            store.Save(conversation);
        }

        return conversation;
    }

    /// <summary>Says hello to a conversation that the bot was added to; once, although Teams tells of it twice (§2.2).</summary>
    public void Welcome(TeamsActivity activity)
    {
        var conversation = See(activity);
        if (!conversation.IsWelcomed)
        {
            store.Save(conversation with { IsWelcomed = true });
            proactive.Say(conversation, "welcome", TeamsWire.Write(Hello(activity)));
        }
    }

    /// <summary>Says what the bot can do to somebody who asks for help.</summary>
    public bool Help(TeamsActivity activity, TeamsConversation conversation) => proactive.Say(
        See(activity) with { Reference = new(TeamsAdapter.Name, conversation.Id), Address = TeamsAddress.Of(activity, conversation).ToString() },
        $"help:{activity.Id}",
        TeamsWire.Write(Hello(activity)));

    private JsonObject Hello(TeamsActivity activity) =>
        TeamsCards.Welcome(activity.Recipient.Name is { Length: > 0 } name ? name : "CopilotBot", [.. options.Value.Examples]);

    /// <summary>The bot was removed.</summary>
    public void Close(TeamsConversation conversation)
    {
        if (store.FindConversation(Reference(conversation)) is { } known)
        {
            store.Save(known with { IsClosed = true });
        }
    }

    private static ConversationReference Reference(TeamsConversation conversation) => new(TeamsAdapter.Name, conversation.BaseId);
}
