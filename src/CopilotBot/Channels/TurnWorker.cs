using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Tickets;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels;

/// <summary>Works off what people asked and what they are owed, conversation by conversation; begins with what the last process left.</summary>
internal sealed partial class TurnWorker(
    IChannelStore store, ITurnStore turns, IFeedbackStore feedback, ITicketDraftStore drafts, ConversationSchedule schedule, ChannelAdapters adapters, Outbox outbox, TurnRunner runner, IOptions<ChannelOptions> options,
    ILogger<TurnWorker> logger, TimeProvider time) : BackgroundService
{
    /// <summary>What is being worked on when the server stops gets this long; the rest is done after the next start.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        TakeUp();
        using var slots = new SemaphoreSlim(options.Value.Conversations);
        using var abort = new CancellationTokenSource();
        using var pruning = time.CreateTimer(_ => Prune(), null, BetweenPrunings, BetweenPrunings);
        try
        {
            while (true)
            {
                var conversation = await schedule.TakeAsync(stoppingToken);
                await slots.WaitAsync(stoppingToken);
                _ = Task.Run(() => StepAsync(conversation, slots, abort.Token), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // All slots free means that nothing runs any more.
            abort.CancelAfter(Grace);
            for (var slot = 0; slot < options.Value.Conversations; slot++)
            {
                await slots.WaitAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>This process holds the data folder, so whatever is open belongs to nobody any more.</summary>
    private void TakeUp()
    {
        Prune();
        foreach (var conversation in store.GetOwing().Where(adapters.Knows))
        {
            schedule.AddOwing(conversation);
        }

        foreach (var turn in store.GetOpenTurns().Where(turn => adapters.Knows(turn.Conversation)))
        {
            store.Release(turn.Id, isAttempt: true);
            schedule.Add(turn);
        }
    }

    /// <summary>Delivers what the conversation is owed, else works off one turn; then it is another conversation's turn.</summary>
    private async Task StepAsync(ConversationReference conversation, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        DateTimeOffset? due = null;
        try
        {
            due = await outbox.DeliverAsync(conversation, cancellationToken);
            if (due is null && schedule.Peek(conversation) is { } turn)
            {
                due = await runner.RunAsync(turn, cancellationToken);
                if (due is null)
                {
                    schedule.Remove(turn);
                    due = await outbox.DeliverAsync(conversation, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops: what was stored is worked off after the next start.
        }
        catch (Exception exception)
        {
            // The border of a conversation: one that fails never keeps another from its answers.
            Log.Failed(logger, conversation.Channel, exception);
            due = time.GetUtcNow() + AfterFault;
        }
        finally
        {
            schedule.Return(conversation, due);
            slots.Release();
        }
    }

    private void Prune()
    {
        try
        {
            var now = time.GetUtcNow();
            store.Prune(now - TimeSpan.FromDays(options.Value.RetentionDays));
            // Drafts hold what people wrote and do not tell in which channel: the shortest time counts for all.
            if (adapters.All.Min(adapter => adapter.Retention) is { } shortest)
            {
                drafts.Prune(now - shortest);
            }

            foreach (var (channel, retention) in adapters.All.Where(adapter => adapter.Retention is not null).Select(adapter => (adapter.Channel, adapter.Retention!.Value))) // filtered
            {
                var gone = store.Prune(now - retention, channel) + turns.Prune(channel, now - retention) + feedback.Prune(channel, now - retention);
                if (gone > 0)
                {
                    Log.Pruned(logger, channel, gone, retention.TotalDays);
                }
            }
        }
        catch (Exception exception)
        {
            Log.NotPruned(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A conversation of {Channel} could not be worked on; it is tried again.")]
        public static partial void Failed(ILogger logger, string channel, Exception exception);

        [LoggerMessage(LogLevel.Information, "{Channel}: {Gone} rows of questions, answers and votes were older than {Days} days and are deleted.")]
        public static partial void Pruned(ILogger logger, string channel, int gone, double days);

        [LoggerMessage(LogLevel.Error, "Old turns could not be removed.")]
        public static partial void NotPruned(ILogger logger, Exception exception);
    }
}
