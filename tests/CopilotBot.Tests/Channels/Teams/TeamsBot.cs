using System.Text.RegularExpressions;
using CopilotBot.Commands;
using CopilotBot.FakeTeams;
using CopilotBot.Serving;
using CopilotBot.Storage;
using CopilotBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>The whole server over the demo, in this process, with a fake of Teams before it.</summary>
internal sealed partial class TeamsBot : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SignallingWriter _error = new("press Ctrl+C to stop");
    private readonly HttpClient _http = new();
    private DataFolderLock? _held;
    private Task<int> _exit = Task.FromResult(0);

    private TeamsBot(FakeConnector teams) => Teams = teams;

    public FakeConnector Teams { get; }

    public TeamsClient Client { get; private set; } = null!; // set before anybody gets it

    public Uri Address { get; private set; } = null!; // likewise

    public IServiceProvider Services { get; private set; } = null!; // likewise

    public string Log => _error.ToString();

    public string DataFolder => _folder.In("data");

    /// <param name="settings">Beside those of anonymous mode; one with an app id is signed instead.</param>
    /// <param name="plant">Replaces parts of the product.</param>
    public static async Task<TeamsBot> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? plant = null, string? indexed = null)
    {
        var bot = new TeamsBot(await FakeConnector.StartAsync());
        var data = bot._folder.In("data");
        if (indexed is not null)
        {
            CopyFolder(indexed, data);
        }

        var all = new Dictionary<string, string?>
        {
            ["Teams:Anonymous"] = "true",
            ["Teams:AllowedTenants:0"] = bot.Teams.TenantId,
            ["Teams:EmailDomains:0"] = "halvorne.example",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        var folder = CopilotBot.Storage.DataFolder.Open(data);
        bot._held = DataFolderLock.TryAcquire(folder); // so that verbs run in this server
        var context = new CommandContext(TextWriter.Null, bot._error, new LineSyncDisplay(bot._error), data);
        bot._exit = Server.RunAsync(folder, "http://127.0.0.1:0", context, builder => bot.Build(builder, folder, all, plant), bot._stop.Token);
        if (await Task.WhenAny(bot._error.Seen, bot._exit) == bot._exit)
        {
            throw new InvalidOperationException($"The server ended with {await bot._exit}: {bot.Log}");
        }

        bot.Address = new Uri(AddressShape().Match(bot.Log).Value);
        bot.Client = new TeamsClient(bot.Teams, bot._http, new Uri(bot.Address, "api/messages"));
        return bot;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _exit;
        _held?.Dispose();
        await Teams.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
        await _error.DisposeAsync();
        _folder.Dispose();
    }

    private WebApplication Build(WebApplicationBuilder builder, CopilotBot.Storage.DataFolder folder, Dictionary<string, string?> settings, Action<IServiceCollection>? plant)
    {
        builder.Configuration.AddInMemoryCollection(settings);
        var app = Program.BuildServer(builder, folder, plant);
        Services = app.Services;
        return app;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex AddressShape();
}
