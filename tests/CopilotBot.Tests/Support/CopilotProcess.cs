using System.Diagnostics;

namespace CopilotBot.Tests.Support;

/// <summary>The built executable as a process of its own.</summary>
internal sealed class CopilotProcess : IDisposable
{
    private readonly Process _process;
    private readonly SignallingWriter _error;

    private CopilotProcess(Process process, string words)
    {
        _process = process;
        _error = new SignallingWriter(words);
        process.ErrorDataReceived += (_, line) => _error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        Out = process.StandardOutput.ReadToEndAsync();
    }

    public Task Ready => _error.Seen;

    /// <summary>Standard output, once the process has ended.</summary>
    public Task<string> Out { get; }

    public string Error => _error.ToString();

    /// <param name="readyWords">Words on standard error that <see cref="Ready"/> waits for.</param>
    public static CopilotProcess Start(string readyWords, params string[] args) => Start(readyWords, new Dictionary<string, string>(), args);

    /// <param name="settings">Settings by their name in the environment, such as "Sync__ChunksPerCommit".</param>
    public static CopilotProcess Start(string readyWords, IReadOnlyDictionary<string, string> settings, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CopilotBot.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new CopilotProcess(Process.Start(start)!, readyWords);
    }

    /// <summary>Asks it to end, as systemd and docker do; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await WaitAsync();
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
        _error.Dispose();
    }
}
