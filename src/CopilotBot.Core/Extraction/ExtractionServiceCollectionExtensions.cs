using CopilotBot.Extraction.Prompted;
using CopilotBot.Extraction.Rules;
using CopilotBot.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Extraction;

public static class ExtractionServiceCollectionExtensions
{
    /// <summary>The router and the extractor. They ask the model of ChatModel where the small one is unsure and one is configured.</summary>
    public static IServiceCollection AddExtraction(this IServiceCollection services)
    {
        services.AddOptions<ExtractionOptions>().BindConfiguration("Extraction").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ExtractionOptions>, TicketRulesValidator>());
        services.TryAddSingleton(provider => TicketRules.Of(Settings(provider)));
        services.TryAddSingleton<MessageReader>();
        services.TryAddSingleton<IMessageReader>(provider =>
        {
            var small = provider.GetRequiredService<MessageReader>();
            var line = Settings(provider).AskModelBelow;
            return line > 0 && IsConfigured(provider)
                ? new FallbackMessageReader(small, new PromptedMessageReader(provider.GetRequiredService<IChatClient>()), line, provider.GetRequiredService<ILogger<FallbackMessageReader>>())
                : small;
        });
        services.TryAddSingleton<IntentRouter>();
        services.TryAddSingleton<TicketExtractor>();
        return services;
    }

    private static ExtractionOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<ExtractionOptions>>().Value;

    private static bool IsConfigured(IServiceProvider provider) => provider.GetRequiredService<IOptions<ChatModelOptions>>().Value.Endpoint.Length > 0;
}
