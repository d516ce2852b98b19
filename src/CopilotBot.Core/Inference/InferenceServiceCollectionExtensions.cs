using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Inference;

public static class InferenceServiceCollectionExtensions
{
    /// <summary>The encoder, the tagger, and the cross-encoder where one is configured. Models are loaded with their first use.</summary>
    /// <param name="pulledFolder">Where pulled and promoted models lie.</param>
    public static IServiceCollection AddInference(this IServiceCollection services, Func<IServiceProvider, string> pulledFolder)
    {
        services.AddOptions<InferenceOptions>().BindConfiguration("Models").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new ModelCatalog(Settings(provider), pulledFolder(provider)));
        services.TryAddSingleton(provider => new OnnxTextEncoder(Find(provider, Settings(provider).Encoder, ModelRole.Encoder), parallelRuns: Settings(provider).ParallelRuns));
        services.TryAddSingleton(provider => new PromotedTaggers(Path.Combine(pulledFolder(provider), ModelCatalog.ShippedTagger)));
        services.TryAddSingleton<TaggerChoice>();
        services.TryAddSingleton(provider => new OnnxTokenTagger(provider.GetRequiredService<TaggerChoice>().InUse, Settings(provider).ParallelRuns));
        services.TryAddSingleton(provider => new OptionalCrossEncoder(
            Settings(provider) is { CrossEncoder.Length: > 0 } options ? new OnnxCrossEncoder(Find(provider, options.CrossEncoder, ModelRole.CrossEncoder), options.ParallelRuns) : null));
        services.TryAddSingleton(_ => new ModelPuller(new HttpClient()));
        return services;
    }

    private static InferenceOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<InferenceOptions>>().Value;

    private static ModelEntry Find(IServiceProvider provider, string nameOrFolder, ModelRole role) => provider.GetRequiredService<ModelCatalog>().Find(nameOrFolder, role);
}
