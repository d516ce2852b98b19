using CopilotBot.Channels.Teams.Auth;
using CopilotBot.Channels.Teams.Connector;
using CopilotBot.FakeIdentity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Tests.Channels.Teams.Auth;

/// <summary>The product's registration with fakes at its three ways to the network: keys, tokens, connector. A way without a fake is closed. Of two settings of a name the last one counts.</summary>
internal sealed class TeamsHost : IDisposable
{
    public const string AppId = "11111111-2222-4333-8444-555555555555";
    public const string Tenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    public const string Secret = "s3cr3t-of-the-bot";
    public const string ServiceUrl = "https://smba.trafficmanager.net/emea/";

    private readonly ServiceProvider _services;

    private TeamsHost(IEnumerable<(string Key, string Value)> settings, HttpMessageHandler? keys, HttpMessageHandler? tokens, HttpMessageHandler? connector)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        var last = settings.Reverse().DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(last).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddTeamsConnector();
        services.AddHttpClient(KeyDocuments.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => keys ?? new ClosedHandler());
        services.AddHttpClient(TokenHttp.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => tokens ?? new ClosedHandler());
        if (connector is not null)
        {
            services.AddHttpClient(ConnectorHttp.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => connector);
        }

        _services = services.BuildServiceProvider();
    }

    public WatchedClock Clock { get; } = new();

    public LogRecorder Logs { get; } = new();

    public TeamsTokenValidator Validator => Get<TeamsTokenValidator>();

    public ConnectorTokens Tokens => Get<ConnectorTokens>();

    public ConnectorClient Connector => Get<ConnectorClient>();

    public static TeamsHost Signed(
        HttpMessageHandler? keys = null, HttpMessageHandler? tokens = null, HttpMessageHandler? connector = null, params IEnumerable<(string Key, string Value)> settings) =>
        new([("Teams:AppId", AppId), ("Teams:TenantId", Tenant), (TeamsSecrets.SecretVariable, Secret), .. settings], keys, tokens, connector);

    /// <summary>With the product's own HTTP handler to the connector, on this machine.</summary>
    public static TeamsHost Anonymous(HttpMessageHandler? connector = null, params IEnumerable<(string Key, string Value)> settings) =>
        new([("Teams:Anonymous", "true"), .. settings], keys: null, tokens: null, connector);

    /// <summary>A token as the channel sends it now.</summary>
    public TokenDraft Draft(SigningKey key) => new(key, AppId, ServiceUrl, Clock.GetUtcNow());

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose()
    {
        _services.Dispose();
        Logs.Dispose();
    }

    private sealed class ClosedHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"Nothing may ask {request.RequestUri}.");
    }
}
