using CopilotBot.Channels.Teams.Connector;
using CopilotBot.Conversations;

namespace CopilotBot.Channels.Teams;

/// <summary>Answers a question of a shared conversation once more, in the personal chat of whoever wants that and with their own access.</summary>
internal sealed class PrivateAnswers(TurnInbox inbox, IChannelStore store, ConnectorClient connector, TimeProvider time)
{
    /// <summary>The ids come from a card, so from a person: the turn must be one of the conversation that they pressed the button in.</summary>
    public async Task<PrivateAnswer> AskAsync(TeamsActivity activity, TurnId turnId, CancellationToken cancellationToken)
    {
        if (store.FindTurn(turnId) is not { } turn || turn.Conversation.Channel != TeamsAdapter.Name
            || TeamsConversation.BaseOf(turn.Conversation.ConversationId) != activity.Conversation.BaseId)
        {
            return PrivateAnswer.UnknownQuestion;
        }

        var opened = await connector.CreatePersonalAsync(activity.ServiceUrl, activity.From.Id, activity.Conversation.Tenant ?? "", cancellationToken);
        if (opened.Value is not { } personal)
        {
            return opened.Result.Status == SendStatus.Forbidden ? PrivateAnswer.NotInstalled : PrivateAnswer.TryLater;
        }

        var address = new TeamsAddress(activity.ServiceUrl, personal, TeamsConversation.Personal, activity.Conversation.Tenant, activity.From.Id, activity.From.ObjectId, TeamId: null);
        var user = new ChannelUser(TeamsPeople.UserOf(activity.From.ObjectId, activity.From.Id), activity.From.Name);
        var chat = new ConversationReference(TeamsAdapter.Name, personal);
        if (store.FindConversation(chat) is null)
        {
            store.Save(new ChannelConversation(chat, TeamsConversation.Personal, address.Tenant, user, address.ToString(), time.GetUtcNow(), IsWelcomed: true, IsClosed: false));
        }

        var press = $"ask-privately\n{turnId.Value}\n{user.Id}\n{activity.Id}";
        inbox.TryAdd(
            new InboundTurn(TurnId.New(), InboundKind.Question, chat, press, user, turn.Text, address.ToString(), time.GetUtcNow()),
            $"{TeamsAdapter.Name}\n{press}");
        return PrivateAnswer.Coming;
    }
}
