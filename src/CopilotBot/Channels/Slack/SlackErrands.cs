using System.Collections.Concurrent;

namespace CopilotBot.Channels.Slack;

/// <summary>Calls that nobody waits for and that nothing is lost without: a form, a status, suggestions.</summary>
internal sealed partial class SlackErrands(ILogger<SlackErrands> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Nothing is under way.</summary>
    public bool IsIdle => _running.IsEmpty;

    public void Run(Func<CancellationToken, Task> call)
    {
        var running = Task.Run(() => RunAsync(call), CancellationToken.None);
        _running[running] = true;
        _ = running.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
        _stopping.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> call)
    {
        try
        {
            await call(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception exception)
        {
            // The border of an errand.
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A call to Slack that nobody waits for failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
