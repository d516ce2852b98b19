using System.Text.RegularExpressions;
using CopilotBot.Commands;
using CopilotBot.Serving;
using CopilotBot.Storage;
using CopilotBot.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Tests.Channels;

/// <summary>The whole server over the demo, in this process.</summary>
internal sealed partial class BotServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SignallingWriter _error = new("press Ctrl+C to stop");
    private readonly LogRecorder _log = new();
    private DataFolderLock? _held;
    private Task<int> _exit = Task.FromResult(0);

    private BotServer()
    {
    }

    public Uri Address { get; private set; } = null!; // set before anybody gets it

    public IServiceProvider Services { get; private set; } = null!; // likewise

    /// <summary>What the console and the log say.</summary>
    public string Log => $"{_error}\n{_log}";

    public string DataFolder => _folder.In("data");

    /// <param name="plant">Replaces parts of the product.</param>
    /// <param name="indexed">A data folder to begin with a copy of.</param>
    public static async Task<BotServer> StartAsync(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? plant, string? indexed)
    {
        var bot = new BotServer();
        if (indexed is not null)
        {
            CopyFolder(indexed, bot.DataFolder);
        }

        var folder = CopilotBot.Storage.DataFolder.Open(bot.DataFolder);
        bot._held = DataFolderLock.TryAcquire(folder); // so that verbs run in this server
        var context = new CommandContext(TextWriter.Null, bot._error, new LineSyncDisplay(bot._error), bot.DataFolder);
        bot._exit = Server.RunAsync(folder, "http://127.0.0.1:0", context, builder => bot.Build(builder, folder, settings, plant), bot._stop.Token);
        if (await Task.WhenAny(bot._error.Seen, bot._exit) == bot._exit)
        {
            throw new InvalidOperationException($"The server ended with {await bot._exit}: {bot.Log}");
        }

        bot.Address = new Uri(AddressShape().Match(bot._error.ToString()).Value);
        return bot;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _exit;
        _held?.Dispose();
        _stop.Dispose();
        _log.Dispose();
        await _error.DisposeAsync();
        _folder.Dispose();
    }

    private WebApplication Build(WebApplicationBuilder builder, DataFolder folder, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? plant)
    {
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(_log);
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
