using System.Threading.Channels;
using CopilotBot.Commands;
using CopilotBot.Sync;

namespace CopilotBot.Serving;

/// <summary>Sends progress to the caller's console, which shows it with its own display.</summary>
internal sealed class EventSyncDisplay(ChannelWriter<CommandEvent> events) : ISyncDisplay
{
    public void Report(SyncProgress value) => events.TryWrite(new CommandEvent(Progress: CommandProgress.Of(value)));

    public Task FinishAsync() => Task.CompletedTask;
}
