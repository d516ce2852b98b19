using System.Net;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

internal static class SlackApiServiceCollectionExtensions
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether a request is Slack's, where the app is installed, and the calls of the bot. Start-up fails with a sentence where the settings cannot work. The client does
    /// not log: a response_url is a key.
    /// </summary>
    public static IServiceCollection AddSlackApi(this IServiceCollection services)
    {
        services.AddOptions<SlackOptions>().BindConfiguration("Slack").ValidateDataAnnotations().ValidateOnStart();
        // Trimmed: a secret that comes from a file often ends with a line break.
        services.AddOptions<SlackSecrets>().Configure<IConfiguration>((secrets, settings) =>
        {
            secrets.SigningSecret = settings[SlackSecrets.SigningSecretVariable]?.Trim();
            secrets.BotToken = settings[SlackSecrets.BotTokenVariable]?.Trim();
            secrets.AppToken = settings[SlackSecrets.AppTokenVariable]?.Trim();
            secrets.ClientSecret = settings[SlackSecrets.ClientSecretVariable]?.Trim();
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);

        services.AddHttpClient(SlackHttp.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = ConnectTimeout,
                PooledConnectionLifetime = ConnectionLifetime,
                AutomaticDecompression = DecompressionMethods.All,
            })
            .RemoveAllLoggers();

        services.TryAddSingleton<SlackSignature>();
        services.TryAddSingleton<SlackHttp>();
        services.TryAddSingleton<SlackLimits>();
        services.TryAddSingleton<SlackOwnInstall>();
        services.TryAddSingleton<SlackVault>();
        services.TryAddSingleton<SlackOAuth>();
        services.TryAddSingleton<SlackOAuthInstalls>();
        services.TryAddSingleton<SlackInstallations>();
        services.TryAddSingleton<SlackInstallStates>();
        services.TryAddSingleton<SlackOAuthEndpoint>();
        services.TryAddSingleton<SlackApi>();
        return services;
    }
}
