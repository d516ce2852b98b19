using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack;

internal static class SlackApiServiceCollectionExtensions
{
    /// <summary>
    /// Whether a request is Slack's, where the app is installed, and the calls of the bot. Start-up fails with a sentence where the settings cannot work.
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

        services.AddPlatformClient(SlackHttp.HttpClientName);
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
