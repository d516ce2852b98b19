using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Teams;
using CopilotBot.Channels.Tickets;
using CopilotBot.Channels.Webhooks;

namespace CopilotBot.Channels;

internal static class ChannelsServiceCollectionExtensions
{
    /// <summary>The platforms and what they owe. Verbs have it too, to leave messages for the server; only the server works them off.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddOptions<ChannelOptions>().BindConfiguration("Channels").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ConversationSchedule>()
            .AddSingleton<ChannelAdapters>()
            .AddSingleton<TurnInbox>()
            .AddSingleton<Outbox>()
            .AddSingleton<Proactive>()
            .AddSingleton<FeedbackRecorder>()
            .AddSingleton<ChannelPeople>()
            .AddSingleton<TicketMessages>()
            .AddSingleton<ITicketObserver>(provider => provider.GetRequiredService<TicketMessages>())
            .AddSingleton<TicketPresses>()
            .AddSingleton<SourceWebhookEndpoint>()
            .AddTickets()
            .AddTeams()
            .AddSlack();
    }

    public static IServiceCollection AddTurnWorker(this IServiceCollection services) => services.AddSingleton<TurnRunner>().AddHostedService<TurnWorker>().AddTicketWorker();
}
