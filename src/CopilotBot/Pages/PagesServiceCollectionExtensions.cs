using Microsoft.AspNetCore.HostFiltering;

namespace CopilotBot.Pages;

internal static class PagesServiceCollectionExtensions
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>().BindConfiguration("Web").ValidateOnStart();
        services.AddSingleton<WebAskers>();
        services.AddSingleton<DocumentReader>();
        services.AddRouting();
        // A page that was lured to this port under another name must not be answered: that is how a foreign site would read it.
        services.AddHostFiltering(_ => { });
        services.AddOptions<HostFilteringOptions>().Configure<IConfiguration>((options, settings) =>
        {
            options.AllowEmptyHosts = false;
            options.AllowedHosts = settings["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? ["localhost"];
        });
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie.Name = "copilotbot-form");
        return services;
    }
}
