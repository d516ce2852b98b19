using CopilotBot.Commands;
using CopilotBot.Knowledge;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

/// <summary>Shows what runs in the background on the console of the server and on the page.</summary>
internal sealed class BackgroundProgress(SyncStatus page, ISyncDisplay console) : IProgress<SyncProgress>
{
    public void Report(SyncProgress value)
    {
        // A look that finds nothing new is over before anybody could read about it.
        if (value.Seen > 0 || value.Chunks > 0)
        {
            page.Report(value);
            console.Report(value);
        }
    }

    public async Task FinishAsync(SyncReport report)
    {
        page.Finished(report);
        await console.FinishAsync();
    }

    public async Task FailAsync(SourceName source, string sentence)
    {
        page.Finished(source, sentence);
        await console.FinishAsync();
    }
}
