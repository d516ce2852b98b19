using System.Collections.Concurrent;
using CopilotBot.Knowledge;
using CopilotBot.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sync.Live;

/// <summary>Follows one live source: four loops with their own pace, and one reader that works off what they make due.</summary>
public sealed partial class LiveSync : IDisposable
{
    private const string Once = "sync";

    /// <summary>A listing takes at most this share of the time.</summary>
    private const double ListingShare = 0.1;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(30);

    private readonly LiveSession _session;

    private readonly LiveSteps _steps;

    private readonly LiveSyncOptions _options;

    private readonly TimeProvider _time;

    private readonly ILogger _logger;

    private readonly LiveTally _tally = new();

    /// <summary>Items whose readers are to be read again at once.</summary>
    private readonly ConcurrentQueue<DocumentId> _noticed = new();

    private volatile bool _isDirectoryChanged;

    private readonly SemaphoreSlim _onlyRun = new(1);

    private DateTimeOffset? _listedAt;

    private TimeSpan _listingInterval;

    internal LiveSync(LiveSession session, LiveSteps steps, IOptions<LiveSyncOptions> options, TimeProvider time, ILogger logger)
    {
        (_session, _steps, _options, _time, _logger) = (session, steps, options.Value, time, logger);

        (_listedAt, _listingInterval) = (session.State.ReconciledAt, TimeSpan.FromMinutes(_options.ReconcileMinutes));

        // Before anybody asks: what is too old counts for nothing.
        _steps.Access.Expire(session);
    }

    public SourceName Name => _session.Source.Name;

    public ILiveSource Source => _session.Source;

    internal LiveSteps Steps => _steps;

    public LiveLedger Ledger => LiveLedger.Of(_session, _tally, _time.GetUtcNow());

    /// <summary>All there is to do, once, to its end: for the <c>sync</c> command. Faults of the source as a whole come back as <see cref="SyncReport.Error"/>.</summary>
    /// <param name="full">Reads everything again, and takes listings that shrank at their word.</param>
    public async Task<SyncReport> RunAsync(bool full, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        await _onlyRun.WaitAsync(cancellationToken);
        try
        {
            var start = _time.GetTimestamp();
            var tally = new LiveTally();
            var error = await TryAsync(Once, stop => RunAllAsync(full, tally, progress, stop), cancellationToken);
            var ledger = LiveLedger.Of(_session, tally, _time.GetUtcNow());
            error ??= ledger.Scopes.FirstOrDefault(scope => scope.Problem is not null)?.Problem;
            return new SyncReport(
                Name, error is null, tally.Added, tally.Updated, tally.Unchanged, tally.Deleted, ledger.Skipped, ledger.Failed, tally.Chunks, _time.GetElapsedTime(start), error);
        }
        finally
        {
            _onlyRun.Release();
        }
    }

    /// <summary>Until it is stopped.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) => Task.WhenAll(
        LoopAsync("changes", stop => _steps.Changes.RunAsync(_session, stop), () => Due(_session.State.ChangesAt, TimeSpan.FromSeconds(_options.ChangesSeconds)), cancellationToken),
        LoopAsync("access", SweepAccessAsync, () => Due(_session.State.AccessAt, TimeSpan.FromMinutes(_options.AccessMinutes)), cancellationToken),
        LoopAsync("notices", ReadNoticedAccessAsync, () => _session.State.AccessAt is not null && (_isDirectoryChanged || !_noticed.IsEmpty), cancellationToken),
        LoopAsync("listing", ReconcileAsync, () => _session.State.AccessAt is not null && Due(_listedAt, _listingInterval), cancellationToken),
        LoopAsync("reading", stop => _steps.Reader.RunAsync(_session, _tally, null, stop), () => _session.State.AccessAt is not null, cancellationToken));

    /// <summary>Somebody said that this happened: it is stored when this returns, and looked at by the loops, who may read it first.</summary>
    public void Notice(WebhookHint hint)
    {
        ArgumentNullException.ThrowIfNull(hint);
        var now = _time.GetUtcNow();
        var own = hint.Items.Where(item => item.Source == Name).ToList();
        foreach (var item in own)
        {
            _noticed.Enqueue(item);
        }

        _session.Table.Change(own, (id, known) => known is null
            ? new ItemRecord(id, "", ItemState.Waiting, Due: now, IsUrgent: true, FoundAt: now)
            : known with { Due = now, IsUrgent = true });
        if (hint.DirectoryChanged)
        {
            _isDirectoryChanged = true;
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _onlyRun.Dispose();
    }

    private SyncProgress ProgressOf(LiveTally tally) => new(Name, tally.Items + _session.Table.CountDue(_time.GetUtcNow()), tally.Items, tally.Chunks);

    private bool Due(DateTimeOffset? last, TimeSpan interval) => last is null || _time.GetUtcNow() >= last + interval;

    private async Task RunAllAsync(bool full, LiveTally tally, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        await _steps.Access.RunAsync(_session, AccessDepth.Everything, [], cancellationToken);
        if (full)
        {
            _steps.Reconciliation.BeginFull(_session);
        }

        await _steps.Changes.RunAsync(_session, cancellationToken);
        await _steps.Reconciliation.RunAsync(_session, full, cancellationToken);
        progress?.Report(ProgressOf(tally));
        await _steps.Reader.RunAsync(_session, tally, () => progress?.Report(ProgressOf(tally)), cancellationToken);
    }

    private async Task SweepAccessAsync(CancellationToken cancellationToken)
    {
        _steps.Access.Expire(_session);
        await _steps.Access.RunAsync(_session, AccessDepth.Everything, [], cancellationToken);
    }

    /// <summary>Apart from the sweep, which may take minutes: what somebody said happened is looked at at once.</summary>
    private async Task ReadNoticedAccessAsync(CancellationToken cancellationToken)
    {
        var noticed = new List<DocumentId>();
        while (_noticed.TryDequeue(out var item))
        {
            noticed.Add(item);
        }

        var isDirectory = _isDirectoryChanged;
        _isDirectoryChanged = false;
        try
        {
            if (noticed.Count > 0)
            {
                await _steps.Access.RunAsync(_session, AccessDepth.Items, [.. noticed.Distinct()], cancellationToken);
            }

            if (isDirectory)
            {
                await _steps.Access.RunAsync(_session, AccessDepth.Directory, [], cancellationToken);
            }
        }
        catch
        {
            // Looked at again: only what was done is forgotten.
            noticed.ForEach(_noticed.Enqueue);
            _isDirectoryChanged |= isDirectory;
            throw;
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetUtcNow();
        if (Due(_session.State.FullSince ?? _session.State.ReconciledAt ?? started, TimeSpan.FromDays(_options.FullDays)))
        {
            _steps.Reconciliation.BeginFull(_session);
        }

        await _steps.Reconciliation.RunAsync(_session, isShrinkingRight: false, cancellationToken);
        var (shortest, share) = (TimeSpan.FromMinutes(_options.ReconcileMinutes), (_time.GetUtcNow() - started) / ListingShare);
        (_listedAt, _listingInterval) = (started, share > shortest ? share : shortest);
    }

    private async Task LoopAsync(string step, Func<CancellationToken, Task> run, Func<bool> isDue, CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_session.State.SuspendedUntil is { } until && until > _time.GetUtcNow())
            {
                // The source asked for it; looked at again before it is over, because a run by hand may end it.
                await Task.Delay(Min(until - _time.GetUtcNow(), PauseAfterError), _time, cancellationToken);
                continue;
            }

            if (isDue() && await TryAsync(step, run, cancellationToken) is not null)
            {
                await Task.Delay(PauseAfterError, _time, cancellationToken);
            }

            // What is due follows from the clock and from what other loops write, which nothing announces.
            await Task.Delay(Tick, _time, cancellationToken);
        }
    }

    /// <returns>One sentence when the source as a whole could not be read.</returns>
    private async Task<string?> TryAsync(string step, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
            SetError(step, null);
            _session.Change(state => step == Once || state.SuspendedUntil <= _time.GetUtcNow() ? state with { SuspendedUntil = null } : state);
            return null;
        }
        catch (SourceThrottledException exception)
        {
            Log.Suspended(_logger, Name.Value, exception.Until);
            _session.Change(state => state with { SuspendedUntil = exception.Until });
            return $"'{Name}' asks to be left alone until {exception.Until:u}: what was read is kept, and it goes on by itself then.";
        }
        catch (SourceException exception)
        {
            Log.Failed(_logger, Name.Value, exception.Message);
            return SetError(step, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The border of a source: the others go on, and this one is tried again.
            Log.Broke(_logger, Name.Value, exception);
            return SetError(step, $"'{Name}' could not be synced ({exception.GetType().Name}): the log says why.");
        }
    }

    private string? SetError(string step, string? sentence)
    {
        _session.Change(state => state.Errors.GetValueOrDefault(step) == sentence
            ? state
            : state with { Errors = state.Errors.Where(error => error.Key != step).Concat(sentence is null ? [] : [KeyValuePair.Create(step, sentence)]).ToDictionary() });
        return sentence;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Source {Source} asks to be left alone until {Until}.")]
        public static partial void Suspended(ILogger logger, string source, DateTimeOffset until);

        [LoggerMessage(LogLevel.Warning, "Source {Source} cannot be read: {Reason}")]
        public static partial void Failed(ILogger logger, string source, string reason);

        [LoggerMessage(LogLevel.Error, "Source {Source} could not be synced.")]
        public static partial void Broke(ILogger logger, string source, Exception exception);
    }
}
