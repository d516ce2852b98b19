using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Evaluation;

internal static class EvaluationServiceCollectionExtensions
{
    public static IServiceCollection AddEvaluation(this IServiceCollection services) => services
        .AddSingleton<SettingsInForce>()
        .AddSingleton<AnswerEvaluator>()
        .AddSingleton<PassageEvaluator>()
        .AddSingleton<RetrievalEvaluator>();
}
