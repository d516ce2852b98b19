using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Channels.Tickets;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Teams;

/// <summary>What people do with the draft of a ticket, or with an unclear request, in Teams.</summary>
internal sealed class TeamsTickets(TicketPresses presses, TeamsPeople people, IChannelStore store, TurnInbox inbox, TimeProvider time)
{
    /// <param name="press">With a turn; it comes from a card, so from a person: the turn must be one of the conversation that they pressed the button in.</param>
    /// <returns>What the person is told; not empty.</returns>
    public async Task<string> TakeAsync(TeamsActivity activity, CardPress press, CancellationToken cancellationToken)
    {
        if (press.Turn is not { } id || store.FindTurn(id) is not { } turn || turn.Conversation.Channel != TeamsAdapter.Name
            || TeamsConversation.BaseOf(turn.Conversation.ConversationId) != activity.Conversation.BaseId)
        {
            return TicketReplies.Unknown;
        }

        var who = new ChannelUser(TeamsPeople.UserOf(activity.From.ObjectId, activity.From.Id), activity.From.Name);
        if (press.Verb == TeamsVerb.Choose)
        {
            return Choose(activity, turn, who, press.Intent);
        }

        var identity = presses.Find(id)?.Requester == who.Id ? null : await people.FindAsync(TeamsAddress.Of(activity, activity.Conversation), cancellationToken);
        if (press.Verb == TeamsVerb.CancelTicket)
        {
            return presses.Cancel(id, who, identity, null) ?? "Cancelled.";
        }

        return await presses.SaveAsync(id, who, identity, press.Form, null, cancellationToken)
            ?? (press.Verb == TeamsVerb.SaveTicket ? "Saved: please look at the draft once more." : presses.Confirm(id, who, identity, null) ?? "On its way: I tell you here when it is done.");
    }

    /// <summary>The same message once more, in its place, as what the person says it is.</summary>
    private string Choose(TeamsActivity activity, InboundTurn turn, ChannelUser who, string? intent)
    {
        if (turn.User.Id != who.Id)
        {
            return "Only the person who asked can choose.";
        }

        inbox.TryAdd(
            turn with { Id = TurnId.New(), Kind = InboundKind.Edit, Intent = intent, Received = time.GetUtcNow(), Attempts = 0, LeasedUntil = null },
            $"{TeamsAdapter.Name}\nchoose\n{turn.Id}\n{activity.Id}");
        return "I am on it.";
    }
}
