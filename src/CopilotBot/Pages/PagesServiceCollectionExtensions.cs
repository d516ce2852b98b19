namespace CopilotBot.Pages;

internal static class PagesServiceCollectionExtensions
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>().BindConfiguration("Web").ValidateOnStart();
        services.AddSingleton<WebAskers>();
        services.AddSingleton<DocumentReader>();
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "copilotbot-form");
        return services;
    }
}
