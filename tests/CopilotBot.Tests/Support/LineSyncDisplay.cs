using CopilotBot.Commands;
using CopilotBot.Sync;

namespace CopilotBot.Tests.Support;

/// <summary>Writes every report as a line.</summary>
internal sealed class LineSyncDisplay(TextWriter output) : ISyncDisplay
{
    public void Report(SyncProgress value)
    {
        lock (output)
        {
            output.WriteLine($"Indexing {ConsoleSyncDisplay.Describe(value)}");
        }
    }

    public Task FinishAsync() => Task.CompletedTask;
}
