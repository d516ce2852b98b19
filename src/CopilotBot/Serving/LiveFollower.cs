using CopilotBot.Knowledge;
using CopilotBot.Sources;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using CopilotBot.Telemetry;

namespace CopilotBot.Serving;

/// <summary>Follows every live source while it is registered, each on its own.</summary>
internal sealed partial class LiveFollower(ISourceRegistry registry, LiveSyncs syncs, SyncStatus page, ILogger<LiveFollower> logger, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SourceName, (CancellationTokenSource Stop, Task Following)> _followed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        CopilotTelemetry.ObserveSync(() => syncs.Open.Select(sync => sync.Ledger).Select(ledger =>
            (ledger.Source.Value, (time.GetUtcNow() - (ledger.State.ChangesAt ?? ledger.State.ReconciledAt ?? time.GetUtcNow())).TotalSeconds, ledger.Waiting)));
        try
        {
            while (true)
            {
                var wanted = registry.List().Where(source => source.IsLive).ToDictionary(source => source.Name);
                foreach (var registration in wanted.Values.Where(source => !_followed.ContainsKey(source.Name)))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    _followed[registration.Name] = (stop, FollowAsync(registration, stop.Token));
                }

                foreach (var removed in _followed.Keys.Where(name => !wanted.ContainsKey(name)).ToList())
                {
                    await StopAsync(removed);
                }

                // Another process may add and remove sources: the registry is looked at, it does not call.
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was written stays, and the rest is still due at the next start.
        }

        foreach (var name in _followed.Keys.ToList())
        {
            await StopAsync(name);
        }
    }

    private async Task StopAsync(SourceName name)
    {
        var (stop, following) = _followed[name];
        _followed.Remove(name);
        await stop.CancelAsync();
        await following;
        stop.Dispose();
    }

    private async Task FollowAsync(SourceRegistration registration, CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                try
                {
                    var sync = await syncs.GetAsync(registration, stop);
                    page.Finished(registration.Name, null);
                    await sync.FollowAsync(stop);
                }
                catch (SourceException exception)
                {
                    Log.NotOpened(logger, registration.Name.Value, exception.Message);
                    page.Finished(registration.Name, exception.Message);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // The border of a source: the others go on.
                    Log.Broke(logger, registration.Name.Value, exception);
                    page.Finished(registration.Name, "It could not be followed; the log of the server says why.");
                }

                // It ended with an error: not at once again.
                await Task.Delay(PauseAfterError, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Removed, or the server stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Source {Source} cannot be followed: {Reason}")]
        public static partial void NotOpened(ILogger logger, string source, string reason);

        [LoggerMessage(LogLevel.Error, "Source {Source} cannot be followed.")]
        public static partial void Broke(ILogger logger, string source, Exception exception);
    }
}
