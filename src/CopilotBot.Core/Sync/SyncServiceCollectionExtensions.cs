using CopilotBot.Indexing;
using CopilotBot.Inference;
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
        return services;
    }
}
