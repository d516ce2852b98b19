using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Extraction.Training;

internal static class TrainingServiceCollectionExtensions
{
    /// <summary>Training of taggers and the labels for it.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.AddOptions<TrainingOptions>().BindConfiguration("Extraction");
        services.TryAddSingleton<HeadTraining>();
        services.TryAddTransient<LabelExport>();
        return services;
    }
}
