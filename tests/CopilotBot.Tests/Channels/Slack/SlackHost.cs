using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Conversations;
using CopilotBot.Tests.Channels.Teams.Auth;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>The product's registration with a stub in the place of Slack. Of two settings of a name the last one counts.</summary>
internal sealed class SlackHost : IDisposable
{
    public const string SigningSecret = "signing-secret-of-the-test";
    public const string BotToken = "xoxb-token-of-the-test";
    public const string ClientId = "1.2";
    public const string ClientSecret = "client-secret-of-the-test";
    public const string Workspace = "T1";
    public const string WhoAmI = """{"ok":true,"team_id":"T1","user_id":"U9","bot_id":"B9","app_id":"A9","is_enterprise_install":false}""";

    private readonly ServiceProvider _services;

    private SlackHost(IEnumerable<(string Key, string Value)> settings, HttpMessageHandler? slack, Action<IServiceCollection>? replace)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        var last = settings.Reverse().DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(last).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddSingleton<IInstallationStore>(Store);
        services.AddSlackApi();
        if (slack is not null)
        {
            services.AddHttpClient(SlackHttp.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => slack);
        }

        replace?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public SlackClock Clock { get; } = new();

    public LogRecorder Logs { get; } = new();

    public InstallationsInMemory Store { get; } = new();

    public SlackApi Api => Get<SlackApi>();

    public SlackInstallations Installations => Get<SlackInstallations>();

    /// <summary>With a bot token and a signing secret; the stub is asked auth.test first.</summary>
    public static SlackHost OneWorkspace(HttpMessageHandler? slack = null, params IEnumerable<(string Key, string Value)> settings) =>
        new([(SlackSecrets.SigningSecretVariable, SigningSecret), (SlackSecrets.BotTokenVariable, BotToken), .. settings], slack, replace: null);

    public static SlackHost With(HttpMessageHandler? slack, Action<IServiceCollection>? replace, params IEnumerable<(string Key, string Value)> settings) => new(settings, slack, replace);

    /// <summary>For installs by OAuth.</summary>
    public static SlackHost Installable(HttpMessageHandler? slack = null, Action<IServiceCollection>? replace = null, params IEnumerable<(string Key, string Value)> settings) =>
        new(
            [
                (SlackSecrets.SigningSecretVariable, SigningSecret), (SlackSecrets.ClientSecretVariable, ClientSecret), ("Slack:ClientId", ClientId), ("Slack:PublicUrl", "https://copilot.example/"),
                .. settings,
            ],
            slack,
            replace);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose()
    {
        _services.Dispose();
        Logs.Dispose();
    }
}
