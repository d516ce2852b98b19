using CopilotBot.FakeTeams;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>The whole server over the demo, in this process, with a fake of Teams before it.</summary>
internal sealed class TeamsBot : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly BotServer _server;

    private TeamsBot(FakeConnector teams, BotServer server)
    {
        (Teams, _server) = (teams, server);
        Client = new TeamsClient(teams, _http, new Uri(server.Address, "api/messages"));
    }

    public FakeConnector Teams { get; }

    public TeamsClient Client { get; }

    public Uri Address => _server.Address;

    public IServiceProvider Services => _server.Services;

    public string Log => _server.Log;

    public string DataFolder => _server.DataFolder;

    /// <param name="settings">Beside those of anonymous mode; one with an app id is signed instead.</param>
    /// <param name="plant">Replaces parts of the product.</param>
    public static async Task<TeamsBot> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? plant = null, string? indexed = null)
    {
        var teams = await FakeConnector.StartAsync();
        var all = new Dictionary<string, string?>
        {
            ["Teams:Anonymous"] = "true",
            ["Teams:AllowedTenants:0"] = teams.TenantId,
            ["Teams:EmailDomains:0"] = "halvorne.example",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        return new TeamsBot(teams, await BotServer.StartAsync(all, plant, indexed));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Teams.DisposeAsync();
        _http.Dispose();
    }
}
