using CopilotBot.Indexing;
using CopilotBot.Inference;
using CopilotBot.Sources;
using CopilotBot.Sync.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Sync;

public static class SyncServiceCollectionExtensions
{
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.AddOptions<SyncOptions>().BindConfiguration("Sync").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new HeadingChunker(provider.GetRequiredService<OnnxTextEncoder>().CountTokens));
        services.TryAddSingleton<EncodeTexts>(provider => provider.GetRequiredService<OnnxTextEncoder>().EncodeAsync);
        services.TryAddSingleton<SyncWriter>();
        services.TryAddSingleton<SyncPipeline>();
        services.AddOptions<LiveSyncOptions>().BindConfiguration("Sync:Live").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<LiveWriter>();
        services.TryAddSingleton<ChangeWatch>();
        services.TryAddSingleton<AccessWatch>();
        services.TryAddSingleton<Reconciliation>();
        services.TryAddSingleton<ItemReader>();
        services.TryAddSingleton<LiveSteps>();
        services.TryAddSingleton<LiveSourceTypes>();
        services.TryAddSingleton<LiveSyncs>();
        services.TryAddSingleton<LiveSourceFinder>();
        return services;
    }
}
