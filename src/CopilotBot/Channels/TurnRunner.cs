using CopilotBot.Answering;
using CopilotBot.Channels.Tickets;
using CopilotBot.Conversations;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels;

/// <summary>Works one turn off: from the placeholder to the stored reply.</summary>
internal sealed partial class TurnRunner(
    IChannelStore store, ChannelAdapters adapters, Outbox outbox, TicketMessages tickets, CopilotOrchestrator orchestrator, IOptions<ChannelOptions> options, ILogger<TurnRunner> logger, TimeProvider time) : IDisposable
{
    /// <summary>Beyond the deadline of an answer, for everything else that a turn needs.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _answering = new(options.Value.Parallelism > 0 ? options.Value.Parallelism : Math.Max(1, Environment.ProcessorCount - 1));

    private int _begun;

    public void Dispose() => _answering.Dispose();

    /// <returns>When to try again; null when the turn is closed.</returns>
    public async Task<DateTimeOffset?> RunAsync(InboundTurn turn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (store.TryLease(turn.Id, now, now + Deadline + Leeway) is not { } leased)
        {
            return null;
        }

        CrashPoint.Reached(CrashPoint.Leased);
        if (IsOutdated(leased))
        {
            store.Close(leased.Id, []);
            return null;
        }

        if (leased.Kind == InboundKind.Refresh)
        {
            store.Close(leased.Id, tickets.Refresh(leased));
            return null;
        }

        if (leased.Kind == InboundKind.Edit && tickets.FindDecided(leased) is { } decided)
        {
            // What a person has confirmed is not taken back by another wording.
            store.Close(leased.Id, decided);
            return null;
        }

        if (leased.Kind is InboundKind.Edit or InboundKind.Deletion)
        {
            tickets.Drop(leased);
        }

        if (leased.Kind == InboundKind.Deletion)
        {
            store.Close(leased.Id, outbox.Withdraw(leased));
            return null;
        }

        var before = Interlocked.Increment(ref _begun) - 1;
        try
        {
            return await AnswerAsync(leased, before >= options.Value.BusyFrom ? Notice.Busy : Notice.Looking, cancellationToken);
        }
        catch
        {
            // The next who takes it up goes on where this ended; what fails every time is answered with the trace id in the end.
            store.Release(leased.Id, isAttempt: true);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _begun);
        }
    }

    /// <summary>The message was changed or deleted since, as far as anybody knows: platforms may deliver the change first.</summary>
    private bool IsOutdated(InboundTurn turn) => store.GetTurns(turn.Conversation, turn.MessageId)
        .Any(other => other.Id != turn.Id && other.Kind is InboundKind.Edit or InboundKind.Deletion && (turn.Kind == InboundKind.Question || other.Received > turn.Received));

    private TimeSpan Deadline => TimeSpan.FromSeconds(options.Value.DeadlineSeconds);

    private async Task<DateTimeOffset?> AnswerAsync(InboundTurn turn, Notice notice, CancellationToken cancellationToken)
    {
        var (message, due) = await outbox.AcknowledgeAsync(turn, notice, cancellationToken);
        if (due is not null)
        {
            store.Release(turn.Id, isAttempt: true);
            return due;
        }

        if (message.GivenUp is not null)
        {
            store.Close(turn.Id, [message]);
            return null;
        }

        var adapter = adapters.Of(turn.Conversation);
        var answer = turn.Attempts >= options.Value.MaximumAttempts ? FailedAnswer.Crashed(turn.Id) : await MakeAsync(adapter, turn, message, cancellationToken);
        CrashPoint.Reached(CrashPoint.Answered);
        store.Close(turn.Id, answer is null ? [message with { IsOwed = false, IsStream = false }] : outbox.Compose(turn, Render(adapter, turn, answer)));
        CrashPoint.Reached(CrashPoint.ReplyStored);
        return null;
    }

    private IReadOnlyList<string> Render(IChannelAdapter adapter, InboundTurn turn, Answer answer)
    {
        try
        {
            return adapter.Render(turn, answer);
        }
        catch (Exception exception)
        {
            // The border of a turn: an answer that cannot be drawn is an error message, not silence.
            Log.NotRendered(logger, turn.Id.Value, exception);
            return adapter.Render(turn, FailedAnswer.NotAccepted(turn.Id));
        }
    }

    /// <returns>Null when the person stopped it.</returns>
    private async Task<Answer?> MakeAsync(IChannelAdapter adapter, InboundTurn turn, OutboundMessage message, CancellationToken cancellationToken)
    {
        var readers = await adapter.FindReadersAsync(turn, cancellationToken);
        var chat = new ChatTurn(turn.Id, turn.Conversation, readers.Asker, await adapter.FindQuestionAsync(turn, cancellationToken), turn.Received)
        {
            Audience = readers.Audience,
            Intent = turn.Intent,
            Author = turn.User,
            Surroundings = stop => adapter.FindSurroundingsAsync(turn, stop),
        };
        await using var stream = message is { MessageId: not null, IsStream: true } ? adapter.OpenStream(turn, message.MessageId) : null;
        await _answering.WaitAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stream?.Stopped ?? CancellationToken.None);
        var answering = Task.Run(
            () =>
            {
                // Those that only wait for their place are not to blame for a crash.
                store.Begin(turn.Id);
                return orchestrator.HandleAsync(chat, stream, stop.Token);
            },
            CancellationToken.None);
        _ = answering.ContinueWith(_ => _answering.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await answering.WaitAsync(Deadline, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops: that is not the question's doing.
            store.Release(turn.Id, isAttempt: false);
            throw;
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            Log.TooSlow(logger, turn.Id.Value, options.Value.DeadlineSeconds);
            return FailedAnswer.TooSlow(turn.Id);
        }
        catch (OperationCanceledException) when (stream?.Stopped.IsCancellationRequested == true && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Turn {Turn} was cut off after {Seconds} s.")]
        public static partial void TooSlow(ILogger logger, string turn, int seconds);

        [LoggerMessage(LogLevel.Error, "Turn {Turn}: the answer could not be drawn.")]
        public static partial void NotRendered(ILogger logger, string turn, Exception exception);
    }
}
