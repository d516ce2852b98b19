using System.Collections.Concurrent;
using CopilotBot.Channels.Slack.Api;

namespace CopilotBot.Channels.Slack;

/// <summary>Calls that nobody waits for and that nothing is lost without: a form, a status, suggestions.</summary>
internal sealed partial class SlackErrands(ILogger<SlackErrands> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    private readonly ConcurrentDictionary<Task, bool> _running = new();

    public void Run(string method, Func<CancellationToken, Task<SlackReply>> call)
    {
        var running = Task.Run(() => RunAsync(method, call), CancellationToken.None);
        _running[running] = true;
        _ = running.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
        _stopping.Dispose();
    }

    private async Task RunAsync(string method, Func<CancellationToken, Task<SlackReply>> call)
    {
        try
        {
            var reply = await call(_stopping.Token);
            if (!reply.IsOk)
            {
                Log.Refused(logger, method, reply.Result.Status, reply.Result.Reason);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception exception)
        {
            // The border of an errand.
            Log.Failed(logger, method, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Slack did not take {Method}: {Status} {Reason}.")]
        public static partial void Refused(ILogger logger, string method, SendStatus status, string reason);

        [LoggerMessage(LogLevel.Error, "{Method} failed.")]
        public static partial void Failed(ILogger logger, string method, Exception exception);
    }
}
