using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Channels.Slack.Sockets;

internal static class SlackSocketsServiceCollectionExtensions
{
    /// <summary>For the server alone, beside <c>AddSlackApi</c>: a verb must not take deliveries.</summary>
    public static IServiceCollection AddSlackSockets(this IServiceCollection services)
    {
        services.TryAddSingleton<SlackSocketOpener>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<SlackSocketService>(
            provider, (Func<SlackDelivery, Task<JsonObject?>>)(delivery => provider.GetRequiredService<SlackInbox>().TakeAsync(delivery))));
        services.AddHostedService(provider => provider.GetRequiredService<SlackSocketService>());
        return services;
    }
}
