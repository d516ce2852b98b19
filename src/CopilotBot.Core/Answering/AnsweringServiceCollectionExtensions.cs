using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Answering;

public static class AnsweringServiceCollectionExtensions
{
    /// <summary>The orchestrator. Its chat client is the extractor unless another is registered first.</summary>
    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        services.AddOptions<AnsweringOptions>().BindConfiguration("Answering").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IChatClient>(_ => new AnswerExtractor(ExtractorModel.Default));
        services.TryAddSingleton<RequestPolicy>();
        services.TryAddSingleton<CopilotKernel>();
        services.TryAddSingleton<CopilotOrchestrator>();
        return services;
    }
}
