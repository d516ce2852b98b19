using CopilotBot.Channels;
using CopilotBot.Sources;
using CopilotBot.Sources.Confluence;
using CopilotBot.Sources.GitHub;
using CopilotBot.Sources.Http;
using CopilotBot.Sources.Jira;
using Microsoft.Extensions.Options;

namespace CopilotBot.Serving;

internal static class LiveSourcesServiceCollectionExtensions
{
    private const string HttpClientName = "CopilotBot.Sources";

    /// <summary>What live sources are called with: client, credentials, and the vault of secrets that they hand out.</summary>
    public static IServiceCollection AddLiveSources(this IServiceCollection services)
    {
        // Trimmed: a secret that comes from a file often ends with a line break.
        services.AddOptions<SourceSecrets>().Configure<IConfiguration>((secrets, settings) =>
        {
            foreach (var source in settings.GetSection(SourceSecrets.Section).GetChildren())
            {
                secrets.ByName[source.Key] = new SourceSecret
                {
                    Token = source[nameof(SourceSecret.Token)]?.Trim(),
                    ClientId = source[nameof(SourceSecret.ClientId)]?.Trim(),
                    ClientSecret = source[nameof(SourceSecret.ClientSecret)]?.Trim(),
                    RefreshToken = source[nameof(SourceSecret.RefreshToken)]?.Trim(),
                    WebhookSecret = source[nameof(SourceSecret.WebhookSecret)]?.Trim(),
                };
            }
        });
        services.AddPlatformClient(HttpClientName);
        services.AddSingleton<ISecretVault, SecretVault>();
        services.AddSingleton<ILiveSourceType, ConfluenceSourceType>();
        services.AddSingleton<ILiveSourceType, JiraSourceType>();
        services.AddSingleton<ILiveSourceType, GitHubSourceType>();
        services.AddSingleton(provider => new SourceClients(
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            provider.GetRequiredService<IOptions<SourceSecrets>>(), provider.GetRequiredService<ISecretVault>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }

    /// <summary>Only the server follows them.</summary>
    public static IServiceCollection AddLiveFollower(this IServiceCollection services) => services.AddHostedService<LiveFollower>();
}
