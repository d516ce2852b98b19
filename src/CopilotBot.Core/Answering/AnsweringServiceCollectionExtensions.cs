using CopilotBot.Inference;
using CopilotBot.Sync.Live;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Answering;

public static class AnsweringServiceCollectionExtensions
{
    /// <summary>The orchestrator. Its chat client is the endpoint of the settings under ChatModel, or the extractor where there is none.</summary>
    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        services.AddOptions<AnsweringOptions>().BindConfiguration("Answering").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RecheckOptions>().BindConfiguration("Answering:Recheck").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ChatModelOptions>().BindConfiguration("ChatModel");
        services.TryAddSingleton<IChatClient>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ChatModelOptions>>().Value;
            return options.Endpoint.Length == 0
                ? new AnswerExtractor(ExtractorModel.Default)
                : ChatModels.Create(options, provider.GetRequiredService<IConfiguration>()[options.ApiKeyVariable]);
        });
        services.TryAddSingleton<RequestPolicy>();
        services.TryAddSingleton<FindLiveSource>(provider => provider.GetRequiredService<LiveSourceFinder>().Find);
        services.TryAddSingleton<SourceRecheck>();
        services.TryAddSingleton<CopilotKernel>();
        services.TryAddSingleton<TicketFinder>();
        services.TryAddSingleton<TicketDrafting>();
        services.TryAddSingleton<ThreadSummary>();
        services.TryAddSingleton<RequestDesk>();
        services.TryAddSingleton<CopilotOrchestrator>();
        return services;
    }
}
