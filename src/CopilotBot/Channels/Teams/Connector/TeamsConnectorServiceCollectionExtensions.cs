using CopilotBot.Channels.Teams.Auth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.IdentityModel.Protocols;

namespace CopilotBot.Channels.Teams.Connector;

internal static class TeamsConnectorServiceCollectionExtensions
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ServiceTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Who is let in, the bot's own token, and the calls of the bot. Start-up fails with a sentence where the settings cannot work. The clients do not log: addresses
    /// hold ids of people and conversations.
    /// </summary>
    public static IServiceCollection AddTeamsConnector(this IServiceCollection services)
    {
        services.AddOptions<TeamsOptions>().BindConfiguration("Teams").PostConfigure<IConfiguration>(AllowOwnTenant).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TeamsAuthOptions>().BindConfiguration("Teams").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TeamsSecrets>().Configure<IConfiguration>((secrets, settings) =>
            (secrets.Secret, secrets.CertificatePassword) = (settings[TeamsSecrets.SecretVariable], settings[TeamsSecrets.PasswordVariable]));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TeamsAuthOptions>, TeamsAuthOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);

        services.AddHttpClient(KeyDocuments.HttpClientName, client => (client.Timeout, client.MaxResponseContentBufferSize) = (ServiceTimeout, 1024 * 1024)).RemoveAllLoggers();
        services.AddHttpClient(TokenHttp.HttpClientName, client => client.Timeout = ServiceTimeout)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime })
            .RemoveAllLoggers();
        services.AddPlatformClient(ConnectorHttp.HttpClientName);

        services.TryAddSingleton(provider => ServiceHosts.Of(
            provider.GetRequiredService<IOptions<TeamsAuthOptions>>().Value, provider.GetRequiredService<IOptions<TeamsOptions>>().Value.Anonymous));
        services.TryAddSingleton<IDocumentRetriever, KeyDocuments>();
        services.TryAddSingleton<TrustedIssuers>();
        services.TryAddSingleton<TeamsTokenValidator>();
        services.TryAddSingleton<IMsalHttpClientFactory, TokenHttp>();
        services.TryAddSingleton<ConnectorTokens>();
        services.TryAddSingleton<ConnectorHttp>();
        services.TryAddSingleton<ConversationPacer>();
        services.TryAddSingleton<ConnectorClient>();
        return services;
    }

    /// <summary>Without a list, the one tenant of the registration is it: both for who may come in and for who is anybody to the sources.</summary>
    private static void AllowOwnTenant(TeamsOptions teams, IConfiguration settings)
    {
        if (!teams.Anonymous && teams.AllowedTenants.Count == 0 && settings["Teams:TenantId"] is { } tenant && Guid.TryParse(tenant, out _))
        {
            teams.AllowedTenants.Add(tenant);
        }
    }
}
