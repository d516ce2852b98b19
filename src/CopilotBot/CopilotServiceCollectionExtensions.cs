using CopilotBot.Storage;

namespace CopilotBot;

internal static class CopilotServiceCollectionExtensions
{
    /// <summary>The product without its doors, in flow order.</summary>
    public static IServiceCollection AddCopilot(this IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(folder);
        services.AddSingleton<CopilotBot.Answering.CopilotOrchestrator>();
        services.AddSingleton<CopilotBot.Sync.ISourceRegistry, Standins.Reg>().AddSingleton<CopilotBot.Knowledge.IAccessStore, Standins.Acc>().AddSingleton<CopilotBot.Knowledge.IDocumentStore, Standins.Docs>().AddSingleton<CopilotBot.Retrieval.AccessFilter>();
        return services;
    }
}
