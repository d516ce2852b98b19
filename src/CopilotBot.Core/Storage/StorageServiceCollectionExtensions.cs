using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Knowledge;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using CopilotBot.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Storage;

public static class StorageServiceCollectionExtensions
{
    /// <summary>The embedded stores over the registered <see cref="DataFolder"/>.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => CopilotDatabase.Open(provider.GetRequiredService<DataFolder>()));
        services.TryAddSingleton<IAccessStore, LiteAccessStore>();
        services.TryAddSingleton<IDocumentStore, LiteDocumentStore>();
        services.TryAddSingleton<ITurnStore, LiteTurnStore>();
        services.TryAddSingleton<IChannelStore, LiteChannelStore>();
        services.TryAddSingleton<IInstallationStore, LiteInstallationStore>();
        services.TryAddSingleton<IFeedbackStore, LiteFeedbackStore>();
        services.TryAddSingleton<ITicketDraftStore, LiteTicketDraftStore>();
        services.TryAddSingleton<ISyncStateStore, LiteSyncStateStore>();
        services.TryAddSingleton<ILiveStateStore, LiteLiveStateStore>();
        services.TryAddSingleton<ISourceRegistry, LiteSourceRegistry>();
        return services;
    }
}
