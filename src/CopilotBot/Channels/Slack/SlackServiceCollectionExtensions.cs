namespace CopilotBot.Channels.Slack;

internal static class SlackServiceCollectionExtensions
{
    /// <summary>Slack as a channel. Whether it is switched on is a matter of its secrets.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services) => services
        .AddSlackApi()
        .AddSingleton<IChannelAdapter, SlackAdapter>()
        .AddSingleton<SlackStreams>()
        .AddSingleton<SlackPeople>()
        .AddSingleton<SlackThread>()
        .AddSingleton<SlackConversations>()
        .AddSingleton<SlackErrands>()
        .AddSingleton<SlackSessions>()
        .AddSingleton<SlackHome>()
        .AddSingleton<SlackEvents>()
        .AddSingleton<SlackCommands>()
        .AddSingleton<SlackTickets>()
        .AddSingleton<SlackInteractions>()
        .AddSingleton<SlackInbox>()
        .AddSingleton<SlackEndpoint>();
}
