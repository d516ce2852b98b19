using System.Net;
using System.Net.Sockets;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>The built executable on one data folder and one port, one process after the other.</summary>
/// <param name="platform">Settings of the platform, as environment variables.</param>
internal sealed class MortalBot(string data, IReadOnlyDictionary<string, string> platform) : IDisposable
{
    private const int Killed = 128 + 9;

    /// <summary>By then every step has been reached, or never will be.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(40);

    private readonly int _port = FindPort();
    private readonly Dictionary<string, int> _deaths = [];
    private readonly List<string> _lives = [];
    private CopilotProcess? _process;
    private int _callsLeft;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public IReadOnlyDictionary<string, int> Deaths => _deaths;

    /// <summary>What each process had to say, for whoever looks for the reason of a failure.</summary>
    public IReadOnlyList<string> Lives => _lives;

    /// <summary>Starts a process, and waits until it is dead.</summary>
    public async Task DieAsync(Kill kill)
    {
        var step = kill as Kill.AtStep;
        var start = TimeProvider.System.GetUtcNow();
        using var process = _process = Start(step is null ? null : $"{step.Step}:{step.Times}");
        _callsLeft = kill is Kill.BeforeAnswer(var calls) ? calls : 0;
        var died = await DiesWithinAsync(process, kill is Kill.AtMoment(var age) ? age : LongestLife);
        if (!died)
        {
            process.Kill();
        }

        var exit = await process.WaitAsync();
        _callsLeft = 0;
        _lives.Add($"{start:HH:mm:ss.fff} to {TimeProvider.System.GetUtcNow():HH:mm:ss.fff}: {kill}\n{process.Error}");
        exit.ShouldBe(Killed, $"It ended by itself before {kill}: {process.Error}");
        var cause = step is null || !died ? kill.GetType().Name : step.Step;
        _deaths[cause] = _deaths.GetValueOrDefault(cause) + 1;
    }

    /// <summary>Starts the one that lives.</summary>
    public async Task LiveAsync()
    {
        _process = Start(crashAt: null);
        var exit = _process.WaitAsync();
        (await Task.WhenAny(_process.Ready, exit)).ShouldBe(_process.Ready, _process.Error);
    }

    /// <summary>Ends it in the way of an administrator.</summary>
    public async Task StopAsync()
    {
        var exit = await _process!.TerminateAsync(); // only after LiveAsync
        _lives.Add(_process.Error);
        exit.ShouldBe(0, _process.Error);
    }

    /// <summary>To be told before each call of the process is answered: the last that it is to make never is.</summary>
    public async Task KillAtLastAsync()
    {
        if (Interlocked.Decrement(ref _callsLeft) == 0 && _process is { } process)
        {
            process.Kill();
            await process.WaitAsync();
        }
    }

    public void Dispose() => _process?.Dispose();

    private CopilotProcess Start(string? crashAt)
    {
        var settings = new Dictionary<string, string>(platform)
        {
            // Who is killed all the time is not to take a question for the cause.
            ["Channels__MaximumAttempts"] = "20",

            // Nor to answer worse because the machine is busy with its deaths.
            ["Retrieval__DeadlineMs"] = "60000",
            ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ",
        };
        if (crashAt is not null)
        {
            settings["COPILOTBOT_CRASH_AT"] = crashAt;
        }

        return CopilotProcess.Start("press Ctrl+C to stop", settings, "serve", "--data", data, "--port", $"{_port}");
    }

    private static async Task<bool> DiesWithinAsync(CopilotProcess process, TimeSpan limit)
    {
        try
        {
            await process.WaitAsync().WaitAsync(limit, TestContext.Current.CancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
