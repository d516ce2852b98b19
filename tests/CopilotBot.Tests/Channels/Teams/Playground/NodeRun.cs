using System.ComponentModel;
using System.Diagnostics;

namespace CopilotBot.Tests.Channels.Teams.Playground;

/// <param name="Exit">Null when the program is not there or did not end in time.</param>
internal sealed record NodeRun(int? Exit, string Out)
{
    /// <summary>Runs a program in a folder, both outputs in one; after the time limit it and its children are ended.</summary>
    public static async Task<NodeRun> StartAsync(string folder, TimeSpan limit, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new NodeRun(null, $"{program} is not installed.");
        }

        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return new NodeRun(process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new NodeRun(null, $"{program} took longer than {limit.TotalSeconds:0} s. {await output}{await error}");
        }
    }
}
