using CopilotBot.Sync;

namespace CopilotBot.Commands;

/// <summary>Shows a running sync to the caller: as a bar or lines on a console, or as events on their way to one.</summary>
internal interface ISyncDisplay : IProgress<SyncProgress>
{
    /// <summary>Ends the display so that text can follow; a later report starts a new one.</summary>
    Task FinishAsync();
}
