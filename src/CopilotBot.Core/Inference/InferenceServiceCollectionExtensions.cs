using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Inference;

public static class InferenceServiceCollectionExtensions
{
    /// <summary>The encoder, and the cross-encoder where one is configured. Models are loaded with their first use.</summary>
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddOptions<InferenceOptions>().BindConfiguration("Models").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<InferenceOptions>>().Value;
            return new OnnxTextEncoder(Full(options.Encoder), parallelRuns: options.ParallelRuns);
        });
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<InferenceOptions>>().Value;
            return new OptionalCrossEncoder(options.CrossEncoder.Length == 0 ? null : new OnnxCrossEncoder(Full(options.CrossEncoder), options.ParallelRuns));
        });
        return services;
    }

    private static string Full(string folder) => Path.GetFullPath(folder, AppContext.BaseDirectory);
}
