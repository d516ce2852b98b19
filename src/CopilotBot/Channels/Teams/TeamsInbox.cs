using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Telemetry;

namespace CopilotBot.Channels.Teams;

/// <summary>What becomes of an activity that is no invoke (facts/teams.md §2.2): stored as a turn, noted, or ignored. Nothing here waits for anybody.</summary>
internal sealed class TeamsInbox(TurnInbox inbox, IChannelStore store, TeamsConversations conversations, TeamsPeople people, PrivateAnswers privately, TeamsTickets tickets, TimeProvider time)
{
    public async Task TakeAsync(TeamsActivity activity, CancellationToken cancellationToken)
    {
        var result = activity.Type switch
        {
            "message" when CardPress.Parse(activity.Value) is { } press => await TakePressAsync(activity, press, cancellationToken),
            "message" => TakeMessage(activity),
            "messageUpdate" when activity.EventType is "editMessage" or "undeleteMessage" => TakeChange(activity, InboundKind.Edit),
            "messageDelete" => TakeChange(activity, InboundKind.Deletion),
            "conversationUpdate" => TakeMembers(activity),
            "installationUpdate" => TakeInstallation(activity),
            "messageReaction" or "typing" or "event" or "messageUpdate" => "noted",
            _ => "unknown",
        };
        CopilotTelemetry.EventReceived(TeamsAdapter.Name, result == "unknown" ? "other" : activity.Type, result);
    }

    private string TakeMessage(TeamsActivity activity)
    {
        if (activity.From.Id.StartsWith("28:", StringComparison.Ordinal) || activity.Id.Length == 0)
        {
            return "bot"; // bots do not talk to bots
        }

        var conversation = activity.Conversation.ThreadOf(activity.Id);
        conversations.See(activity);
        if (!activity.MentionsBot && activity.Conversation.Kind != TeamsConversation.Personal && !IsFollowUp(activity, conversation))
        {
            return "unaddressed";
        }

        if (activity.Text.Equals("help", StringComparison.OrdinalIgnoreCase))
        {
            return conversations.Help(activity, conversation) ? "help" : "duplicate";
        }

        return Add(activity, conversation, InboundKind.Question, activity.Text) ? "turn" : "duplicate";
    }

    /// <summary>
    /// A message that the bot gets although nobody mentioned it (resource-specific consent): a question in a thread where it has answered, to nobody else.
    /// </summary>
    private bool IsFollowUp(TeamsActivity activity, TeamsConversation conversation) =>
        conversation.Kind == TeamsConversation.Channel && activity.Conversation.IsThread && !activity.MentionsOthers && FollowUp.IsQuestion(activity.Text) && store.FindLastAnswer(Reference(conversation)) is not null;

    private string TakeChange(TeamsActivity activity, InboundKind kind)
    {
        var conversation = activity.Conversation.ThreadOf(activity.Id);
        var isAnswered = store.GetAnswer(Reference(conversation), activity.Id).Count > 0;

        // A question that was never for the bot stays so, unless the change makes it one.
        if (kind == InboundKind.Edit && !isAnswered && !activity.MentionsBot && activity.Conversation.Kind != TeamsConversation.Personal)
        {
            return "unaddressed";
        }

        return Add(activity, conversation, kind, activity.Text) ? "turn" : "duplicate";
    }

    /// <summary>Action.Submit, from clients that do not know Action.Execute (§4).</summary>
    private async Task<string> TakePressAsync(TeamsActivity activity, CardPress press, CancellationToken cancellationToken)
    {
        if (press is { Verb: TeamsVerb.AskPrivately, Turn: { } turn })
        {
            await privately.AskAsync(activity, turn, cancellationToken);
        }
        else if (press is { Turn: not null, Verb: TeamsVerb.ConfirmTicket or TeamsVerb.SaveTicket or TeamsVerb.CancelTicket or TeamsVerb.Choose })
        {
            await tickets.TakeAsync(activity, press, cancellationToken);
        }

        return "pressed";
    }

    private string TakeMembers(TeamsActivity activity)
    {
        people.Forget(activity.Conversation);
        if (activity.MembersRemoved.Contains(activity.Recipient.Id))
        {
            conversations.Close(activity.Conversation);
        }
        else if (activity.MembersAdded.Contains(activity.Recipient.Id))
        {
            conversations.Welcome(activity);
        }

        return "noted";
    }

    private string TakeInstallation(TeamsActivity activity)
    {
        if (activity.Action?.StartsWith("remove", StringComparison.Ordinal) == true)
        {
            conversations.Close(activity.Conversation);
        }
        else
        {
            conversations.Welcome(activity);
        }

        return "noted";
    }

    private bool Add(TeamsActivity activity, TeamsConversation conversation, InboundKind kind, string text)
    {
        var turn = new InboundTurn(
            TurnId.New(),
            kind,
            Reference(conversation),
            activity.Id,
            new ChannelUser(TeamsPeople.UserOf(activity.From.ObjectId, activity.From.Id), activity.From.Name),
            text,
            TeamsAddress.Of(activity, conversation).ToString(),
            time.GetUtcNow())
        { UtcOffset = activity.UtcOffset };
        return inbox.TryAdd(turn, KeyOf(activity));
    }

    /// <summary>Architecture decision 1: what a repeated delivery has in common with the first. A change has the id of its message, so its time tells two changes apart.</summary>
    private static string KeyOf(TeamsActivity activity) => string.Join(
        '\n', TeamsAdapter.Name, activity.Conversation.Tenant, activity.Conversation.Id, activity.Type, activity.EventType, activity.Id, activity.Type == "message" ? "" : activity.Timestamp);

    private static ConversationReference Reference(TeamsConversation conversation) => new(TeamsAdapter.Name, conversation.Id);
}
