using CopilotBot.Answering;
using CopilotBot.Evaluation;
using CopilotBot.Extraction.Training;
using CopilotBot.Indexing.Embedded;
using CopilotBot.Inference;
using CopilotBot.Retrieval;
using CopilotBot.Storage;
using CopilotBot.Sync;

namespace CopilotBot;

internal static class CopilotServiceCollectionExtensions
{
    /// <summary>The product without its doors, in flow order.</summary>
    public static IServiceCollection AddCopilot(this IServiceCollection services, DataFolder folder) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(folder)
        .AddStorage()
        .AddInference(_ => folder.ModelsFolder)
        .AddEmbeddedIndex(_ => folder.IndexFolder, provider => provider.GetRequiredService<OnnxTextEncoder>().Fingerprint)
        .AddSync()
        .AddRetrieval()
        .AddTraining()
        .AddAnswering()
        .AddEvaluation();
}
