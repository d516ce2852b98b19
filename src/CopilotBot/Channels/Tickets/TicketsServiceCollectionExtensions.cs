using CopilotBot.Knowledge;
using CopilotBot.Tickets;
using CopilotBot.Tickets.Jira;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Tickets;

internal static class TicketsServiceCollectionExtensions
{
    private const string HttpClientName = "CopilotBot.Jira";

    /// <summary>
    /// Drafts, decisions about them, and the tracker: Jira where Tickets:Site is set. Without one nothing is written, and the schema is that of a registered
    /// <c>Func&lt;CancellationToken, Task&lt;TicketSchema&gt;&gt;</c>.
    /// </summary>
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.AddOptions<TicketOptions>().BindConfiguration(TicketOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // Trimmed: a secret that comes from a file often ends with a line break.
        services.AddOptions<TicketSecrets>().Configure<IConfiguration>((secrets, settings) => secrets.Token = settings[TicketSecrets.TokenSetting]?.Trim());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TicketOptions>, TicketOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TicketOptions>, TokenPlaceValidator>());
        services.AddPlatformClient(HttpClientName);
        services.TryAddSingleton<TicketBell>();
        services.TryAddSingleton(TrackerOf);
        services.TryAddSingleton(provider => new TicketDesk(
            provider.GetRequiredService<ITicketDraftStore>(), provider.GetRequiredService<IAccessStore>(), provider.GetRequiredService<IOptions<TicketOptions>>(),
            provider.GetRequiredService<TicketBell>(), provider.GetRequiredService<TimeProvider>(), step => CrashPoint.Reached(step)));
        services.TryAddSingleton(provider => new TicketWriter(
            provider.GetRequiredService<ITicketDraftStore>(), provider.GetRequiredService<ITicketTracker>(), provider.GetRequiredService<IOptions<TicketOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TicketWriter>>(), step => CrashPoint.Reached(step)));
        return services;
    }

    /// <summary>Only the server writes.</summary>
    public static IServiceCollection AddTicketWorker(this IServiceCollection services) => services.AddHostedService<TicketWorker>();

    private static ITicketTracker TrackerOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<TicketOptions>>();
        if (options.Value.Site.Length == 0)
        {
            return new DryRunTracker(provider.GetService<Func<CancellationToken, Task<TicketSchema>>>() ?? NoSchemaAsync);
        }

        var clients = provider.GetRequiredService<IHttpClientFactory>();
        var jira = new JiraTracker(
            () => clients.CreateClient(HttpClientName), options, provider.GetRequiredService<IOptions<TicketSecrets>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        return options.Value.DryRun ? new DryRunTracker(jira.GetSchemaAsync) : jira;
    }

    private static Task<TicketSchema> NoSchemaAsync(CancellationToken cancellationToken) =>
        throw new TrackerException("No tracker is set up: set Tickets:Site, Tickets:Projects and Tickets:Email, and put the API token into the environment variable Tickets__Token.");
}
