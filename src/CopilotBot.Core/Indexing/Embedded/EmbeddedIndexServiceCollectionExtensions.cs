using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Indexing.Embedded;

internal static class EmbeddedIndexServiceCollectionExtensions
{
    /// <summary>The index in a folder of this machine, opened at its first use.</summary>
    /// <param name="folder">Where the index lives; made when it does not exist.</param>
    /// <param name="encoder">Fingerprint of the encoder whose vectors it holds.</param>
    public static IServiceCollection AddEmbeddedIndex(this IServiceCollection services, Func<IServiceProvider, string> folder, Func<IServiceProvider, string> encoder)
    {
        services.AddOptions<EmbeddedIndexOptions>().BindConfiguration("EmbeddedIndex").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<OpenIndexFolder>(provider => path => EmbeddedKnowledgeIndex.Open(
            path, encoder(provider), provider.GetRequiredService<IOptions<EmbeddedIndexOptions>>().Value, provider.GetRequiredService<ILogger<EmbeddedKnowledgeIndex>>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<OpenIndexFolder>()(folder(provider)));
        return services;
    }
}
