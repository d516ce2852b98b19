namespace CopilotBot.Serving;

internal static class ServingServiceCollectionExtensions
{
    public static IServiceCollection AddSourceSync(this IServiceCollection services) => services.AddSingleton<SyncStatus>().AddSingleton<SourceSync>();

    public static IServiceCollection AddBackgroundSync(this IServiceCollection services) => services.AddHostedService<BackgroundSync>();
}
