using System.Collections.Concurrent;
using CopilotBot.Conversations;
using CopilotBot.Tickets;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Tickets;

/// <summary>Works off confirmed drafts and tells of every change; begins with what the last process left. Which state was told of last is stored with the draft.</summary>
internal sealed partial class TicketWorker(
    ITicketDraftStore store, TicketWriter writer, TicketBell bell, IEnumerable<ITicketObserver> observers, IOptions<ChannelOptions> options, ILogger<TicketWorker> logger, TimeProvider time)
    : BackgroundService
{
    private const int Together = 4;

    /// <summary>What is being written when the server stops gets this long; the rest is taken up by the next start.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<TurnId, Task> _running = new();

    private DateTimeOffset _pruneAfter = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var abort = new CancellationTokenSource();
        try
        {
            while (true)
            {
                var due = await WorkAsync(stoppingToken, abort.Token);
                await bell.WaitAsync(due, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            abort.CancelAfter(Grace);
            await Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Tells of what changed, and begins what is due.</summary>
    /// <returns>Until when there is nothing to do; null for until it rings.</returns>
    private async Task<TimeSpan?> WorkAsync(CancellationToken stoppingToken, CancellationToken abort)
    {
        try
        {
            var isAllShown = await ShowAsync(stoppingToken);
            var now = time.GetUtcNow();
            Prune(now);
            var idle = store.GetConfirmed().Where(draft => !_running.ContainsKey(draft.Id)).ToList();
            foreach (var draft in idle.Where(draft => !(draft.NotBefore > now)).Take(Together - _running.Count))
            {
                Begin(draft, abort);
            }

            var wait = idle.Min(draft => draft.NotBefore) - now;
            return wait > TimeSpan.Zero && isAllShown ? wait : isAllShown ? null : AfterFault;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The border of the loop: whatever fails is tried again.
            Log.Failed(logger, exception);
            return AfterFault;
        }
    }

    private void Prune(DateTimeOffset now)
    {
        if (now >= _pruneAfter)
        {
            store.Prune(now - TimeSpan.FromDays(options.Value.RetentionDays));
            _pruneAfter = now + BetweenPrunings;
        }
    }

    private void Begin(TicketDraft draft, CancellationToken abort)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[draft.Id] = done.Task;
        _ = Task.Run(
            async () =>
            {
                await AdvanceAsync(draft, abort);
                _running.TryRemove(draft.Id, out _);
                bell.Ring();
                done.SetResult();
            },
            CancellationToken.None);
    }

    private async Task AdvanceAsync(TicketDraft draft, CancellationToken abort)
    {
        try
        {
            await writer.AdvanceAsync(draft, abort);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // The server stops: the next start searches for what this may have written.
        }
        catch (Exception exception)
        {
            // The border of a draft: one that fails never keeps another from being written.
            Log.DraftFailed(logger, draft.Id.Value, exception);
            await Task.WhenAny(Task.Delay(AfterFault, time, abort));
        }
    }

    /// <returns>Whether everything could be told.</returns>
    private async Task<bool> ShowAsync(CancellationToken cancellationToken)
    {
        var isAllShown = true;
        foreach (var draft in store.GetUnshown())
        {
            try
            {
                foreach (var observer in observers)
                {
                    await observer.ChangedAsync(draft, cancellationToken);
                }

                CrashPoint.Reached(TicketStep.Shown);
                store.Change(draft.Id, now => now.State == draft.State ? now with { Shown = draft.State } : null);
                CrashPoint.Reached(TicketStep.ShownNoted);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.NotShown(logger, draft.Id.Value, exception);
                isAllShown = false;
            }
        }

        return isAllShown;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Confirmed drafts of tickets could not be looked up; they are looked up again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "Draft {Draft} could not be worked on; it is tried again.")]
        public static partial void DraftFailed(ILogger logger, string draft, Exception exception);

        [LoggerMessage(LogLevel.Error, "Draft {Draft}: its state could not be shown; it is tried again.")]
        public static partial void NotShown(ILogger logger, string draft, Exception exception);
    }
}
