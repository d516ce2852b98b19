using System.Text.RegularExpressions;
using CopilotBot.Commands;
using CopilotBot.Serving;

namespace CopilotBot.Tests.Support;

/// <summary>The whole server on a free port of this machine, in this process, started and stopped as the executable does it.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly SignallingWriter _error = new("press Ctrl+C to stop");
    private readonly Task<int> _exit;

    private RunningServer(string dataFolder, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string[] args = ["serve", "--data", dataFolder, "--port", "0"];
        var context = new CommandContext(TextWriter.Null, _error, new LineSyncDisplay(_error), dataFolder);
        _exit = CommandLine.RunAsync(args, new LocalVerbHost(args, context, TimeProvider.System), context.Out, context.Error, terminationTimeout: null, _stop.Token);
    }

    public HttpClient Http { get; private set; } = new();

    public string Error => _error.ToString();

    public static async Task<RunningServer> StartAsync(string dataFolder)
    {
        var server = new RunningServer(dataFolder, TestContext.Current.CancellationToken);
        if (await Task.WhenAny(server._error.Seen, server._exit) == server._exit)
        {
            throw new InvalidOperationException($"The server ended with {await server._exit}: {server._error}");
        }

        server.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Address().Match(server._error.ToString()).Value) };
        return server;
    }

    /// <summary>Stops it as Ctrl+C does; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _exit;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        _stop.Dispose();
        await _error.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();
}
