using CopilotBot.Channels.Teams.Connector;

namespace CopilotBot.Channels.Teams;

internal static class TeamsServiceCollectionExtensions
{
    /// <summary>Teams as a channel. Whether it is switched on is a matter of its settings: an app id, or anonymous mode.</summary>
    public static IServiceCollection AddTeams(this IServiceCollection services)
    {
        return services
            .AddTeamsConnector()
            .AddSingleton<IChannelAdapter, TeamsAdapter>()
            .AddSingleton<TeamsStreams>()
            .AddSingleton<TeamsPeople>()
            .AddSingleton<TeamsConversations>()
            .AddSingleton<PrivateAnswers>()
            .AddSingleton<KnowledgeSearch>()
            .AddSingleton<TeamsFeedback>()
            .AddSingleton<TeamsTickets>()
            .AddSingleton<TeamsInbox>()
            .AddSingleton<TeamsInvokes>()
            .AddSingleton<TeamsMessagesEndpoint>();
    }
}
