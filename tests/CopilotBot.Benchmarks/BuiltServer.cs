using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CopilotBot.Benchmarks;

/// <summary>The built executable in a process of its own, serving the demo from a fresh data folder.</summary>
internal sealed class BuiltServer : IAsyncDisposable
{
    private readonly string _folder;

    private readonly Process _process;

    private BuiltServer(string folder, Process process, int port) => (_folder, _process, Address) = (folder, process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Address { get; }

    public static async Task<BuiltServer> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("copilotbot-benchmark-").FullName;
        using (var indexing = Start(folder, settings, "sync"))
        {
            await indexing.WaitForExitAsync();
        }

        var port = FreePort();
        return new BuiltServer(folder, Start(folder, settings, "serve", "--port", port.ToString(CultureInfo.InvariantCulture)), port);
    }

    public void WriteHighestMemory()
    {
        var memory = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Console.WriteLine($"highest resident memory of the server: {long.Parse(memory[1], CultureInfo.InvariantCulture) / 1024} MiB");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Start(string folder, IReadOnlyDictionary<string, string> settings, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CopilotBot.dll"), .. args, "--data", folder]);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
