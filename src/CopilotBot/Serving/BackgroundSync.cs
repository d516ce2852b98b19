using CopilotBot.Sync;
using Microsoft.Extensions.Options;

namespace CopilotBot.Serving;

/// <summary>Looks at every folder when the server starts and then at intervals; a source that fails never keeps another from running.</summary>
internal sealed partial class BackgroundSync(
    SourceSync sync, ISourceRegistry sources, BackgroundProgress progress, IOptions<SyncOptions> options, ILogger<BackgroundSync> logger, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the start-up path: the server answers while this runs.
        await Task.Yield();
        sync.RegisterDemoIfNothingElse();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.IntervalSeconds), time);
        try
        {
            do
            {
                foreach (var source in sources.List().Where(source => !source.IsLive))
                {
                    await RunAsync(source, stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was committed stays, the rest is read again at the next start.
        }
    }

    private async Task RunAsync(SourceRegistration source, CancellationToken stoppingToken)
    {
        try
        {
            foreach (var report in await sync.RunAsync([source], full: false, progress, stoppingToken))
            {
                await progress.FinishAsync(report);
                if (report.ChunksEmbedded > 0)
                {
                    Log.Indexed(logger, source.Name.Value, report.Added + report.Updated, report.ChunksEmbedded, report.Duration.TotalSeconds);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The border of a source: it is tried again at the next interval.
            Log.Failed(logger, source.Name.Value, exception);
            await progress.FailAsync(source.Name, VerbBorder.Sentence(exception) ?? "It could not be indexed; the log of the server says why.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Source {Source}: {Documents} documents indexed, {Chunks} passages in {Seconds:0.0} s.")]
        public static partial void Indexed(ILogger logger, string source, int documents, int chunks, double seconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "Source {Source} could not be synced.")]
        public static partial void Failed(ILogger logger, string source, Exception exception);
    }
}
