using CopilotBot.Conversations;
using CopilotBot.Telemetry;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels;

/// <summary>
/// Brings messages to their platform. A message that answers somebody is posted as a placeholder and then updated, because an update can be repeated until it is
/// known to have arrived and a post cannot: a crash between a post and the note of its id leaves a placeholder behind, never a second answer.
/// </summary>
internal sealed partial class Outbox(IChannelStore store, ChannelAdapters adapters, IOptions<ChannelOptions> options, ILogger<Outbox> logger, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>The messages that show the contents as the answer of the turn: those of an earlier answer to the same message are reused, or withdrawn where it needed more.</summary>
    public IReadOnlyList<OutboundMessage> Compose(InboundTurn turn, IReadOnlyList<string> contents)
    {
        var shown = store.GetAnswer(turn.Conversation, turn.MessageId);
        var parts = contents.Select((content, part) => (shown.FirstOrDefault(message => message.Part == part) ?? Begin(turn, part)) with
        {
            Turn = turn.Id,
            Address = turn.Address,
            Content = content,
            IsOwed = true,
            IsWithdrawn = false,
            IsStandIn = false,
            Failures = 0,
            NotBefore = null,
            GivenUp = null,
        });
        return [.. parts, .. shown.Where(message => message.Part >= contents.Count).Select(Withdraw)];
    }

    /// <summary>The same messages, to be removed.</summary>
    public IReadOnlyList<OutboundMessage> Withdraw(InboundTurn turn) => [.. store.GetAnswer(turn.Conversation, turn.MessageId).Select(Withdraw)];

    /// <summary>Makes sure that the person sees that the question was heard.</summary>
    /// <returns>The message, which has an id unless it was given up; or when to try again.</returns>
    public async Task<(OutboundMessage Message, DateTimeOffset? Due)> AcknowledgeAsync(InboundTurn turn, Notice notice, CancellationToken cancellationToken)
    {
        var message = store.GetAnswer(turn.Conversation, turn.MessageId).FirstOrDefault(known => known.Part == 0) ?? Begin(turn, 0);
        return message.MessageId is not null || message.Mode == DeliveryMode.Once
            ? (message, null)
            : await PostAsync(message with { Turn = turn.Id, GivenUp = null }, notice, cancellationToken);
    }

    /// <summary>Delivers what the conversation is owed, in order.</summary>
    /// <returns>When to go on, where something has to wait; null when nothing is owed any more.</returns>
    public async Task<DateTimeOffset?> DeliverAsync(ConversationReference conversation, CancellationToken cancellationToken)
    {
        foreach (var message in store.GetOwed(conversation))
        {
            if (message.NotBefore > time.GetUtcNow())
            {
                return message.NotBefore;
            }

            if (await DeliverAsync(message, cancellationToken) is { } due)
            {
                return due;
            }
        }

        return null;
    }

    private async Task<DateTimeOffset?> DeliverAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(message.Conversation);
        if (message.IsWithdrawn)
        {
            return await RemoveAsync(adapter, message, cancellationToken);
        }

        if (message.Mode == DeliveryMode.Once)
        {
            return await PostOnceAsync(adapter, message, cancellationToken);
        }

        if (message.MessageId is null)
        {
            (message, var due) = await PostAsync(message, message.Part == 0 ? Notice.Looking : Notice.More, cancellationToken);
            if (due is not null || message.GivenUp is not null)
            {
                return due;
            }

            if (message.MessageId is null)
            {
                return await PostOnceAsync(adapter, message, cancellationToken);
            }
        }

        var result = await adapter.UpdateAsync(message.Address, message.MessageId, message.IsStream, message.Content ?? "", cancellationToken);
        CrashPoint.Reached(CrashPoint.Updated);
        return Settle(adapter, message, result);
    }

    private async Task<DateTimeOffset?> RemoveAsync(IChannelAdapter adapter, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.MessageId is null)
        {
            if (message.IsPosting)
            {
                await RemoveOrphansAsync(adapter, message, cancellationToken);
            }

            return Settle(adapter, message with { IsPosting = false }, SendResult.Done(null));
        }

        var result = await adapter.RemoveAsync(message.Address, message.MessageId, cancellationToken);
        if (result.Status == SendStatus.ContentRefused)
        {
            result = await adapter.UpdateAsync(message.Address, message.MessageId, message.IsStream, adapter.Render(message.Address, Notice.Withdrawn, mayStream: false), cancellationToken);
            return Settle(adapter, message, result);
        }

        return Settle(adapter, result.Status is SendStatus.Done or SendStatus.Gone ? message with { MessageId = null } : message, result);
    }

    private async Task<(OutboundMessage Message, DateTimeOffset? Due)> PostAsync(OutboundMessage message, Notice notice, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(message.Conversation);
        if (message.IsPosting)
        {
            CopilotTelemetry.PlaceholderOrphaned(message.Conversation.Channel);
            Log.Orphaned(logger, message.Turn.Value);

            // Before the next one: whoever is killed in between still knows that there may be one.
            await RemoveOrphansAsync(adapter, message, cancellationToken);
        }

        // Another stream may still be open, or one was refused: then it is a plain message.
        var mayStream = message is { IsPosting: false, Failures: 0 };
        message = message with { IsPosting = true };
        store.Save(message);
        CrashPoint.Reached(CrashPoint.PostBegun);
        var content = adapter.Render(message.Address, notice, mayStream);
        var result = await adapter.PostAsync(message.Address, content, cancellationToken);
        CrashPoint.Reached(CrashPoint.Posted);
        if (result.Status == SendStatus.ContentRefused && adapter.Render(message.Address, notice, mayStream: false) is var plain && plain != content)
        {
            // A stream that a killed process left open keeps the chat from another one for a while (facts/teams.md §3.3).
            result = await adapter.PostAsync(message.Address, plain, cancellationToken);
        }

        if (result.Status == SendStatus.Done)
        {
            // Without an id there is nothing to update: the answer itself is posted then.
            message = message with { IsPosting = false, MessageId = result.MessageId, IsStream = result.IsStream, Failures = 0, Mode = result.MessageId is null ? DeliveryMode.Once : message.Mode };
            store.Save(message);
            CrashPoint.Reached(CrashPoint.PostNoted);
            return (message, null);
        }

        message = message with { IsPosting = result.Status == SendStatus.Unknown };
        return result.Status is SendStatus.TryAgain or SendStatus.Unknown && !IsTooOld(message)
            ? Postpone(message, result)
            : (GiveUp(message, result), null);
    }

    private Task RemoveOrphansAsync(IChannelAdapter adapter, OutboundMessage message, CancellationToken cancellationToken) =>
        adapter.RemoveOrphansAsync(message.Address, message.Created, id => store.FindMessage(message.Conversation, id) is not null, cancellationToken);

    private async Task<DateTimeOffset?> PostOnceAsync(IChannelAdapter adapter, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (message.IsPosting)
        {
            GiveUp(message, new SendResult(SendStatus.Unknown, Reason: "nobody knows whether it arrived"));
            return null;
        }

        message = message with { IsPosting = true };
        store.Save(message);
        var result = await adapter.PostAsync(message.Address, message.Content ?? "", cancellationToken);
        CrashPoint.Reached(CrashPoint.Posted);
        if (result.Status == SendStatus.Unknown)
        {
            GiveUp(message, result);
            return null;
        }

        return Settle(adapter, message with { IsPosting = false, MessageId = result.MessageId }, result);
    }

    private DateTimeOffset? Settle(IChannelAdapter adapter, OutboundMessage message, SendResult result)
    {
        CopilotTelemetry.MessageSent(message.Conversation.Channel, result.Status.ToString());
        switch (result.Status)
        {
            case SendStatus.Done:
            case SendStatus.Stopped:
                store.Save(message with { IsOwed = false, IsStream = false, NotBefore = null });
                CrashPoint.Reached(CrashPoint.Delivered);
                return null;
            case SendStatus.TryAgain or SendStatus.Unknown when !IsTooOld(message):
                return Postpone(message, result).Due;
            case SendStatus.Gone when message is { IsStream: true, IsWithdrawn: false }:
                store.Save(message with { MessageId = null, IsStream = false, Failures = message.Failures + 1 });
                return time.GetUtcNow();
            case SendStatus.ContentRefused when message is { IsStandIn: false, IsWithdrawn: false, Mode: DeliveryMode.InPlace } && store.FindTurn(message.Turn) is { } turn:
                // Whoever waits must not be left with a placeholder.
                Log.Refused(logger, message.Turn.Value, result.Reason);
                store.Save(message with { Content = adapter.Render(turn, FailedAnswer.NotAccepted(turn.Id))[0], IsStandIn = true });
                return time.GetUtcNow();
            default:
                GiveUp(message, result);
                return null;
        }
    }

    private (OutboundMessage Message, DateTimeOffset? Due) Postpone(OutboundMessage message, SendResult result)
    {
        var wait = TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(message.Failures, 16)) * Jitter(message) / 100);
        var due = time.GetUtcNow() + (result.Wait > wait ? result.Wait.Value : wait);
        message = message with { Failures = message.Failures + 1, NotBefore = due };
        store.Save(message);
        Log.Postponed(logger, message.Turn.Value, result.Status, result.Reason, (due - time.GetUtcNow()).TotalSeconds);
        return (message, due);
    }

    /// <summary>80 to 120 percent, so that messages which failed together are not tried again together.</summary>
    private static long Jitter(OutboundMessage message) => 80 + (uint)HashCode.Combine(message.Id, message.Failures) % 41;

    private OutboundMessage GiveUp(OutboundMessage message, SendResult result)
    {
        message = message with { IsOwed = false, NotBefore = null, GivenUp = $"{result.Status} {result.Reason}".TrimEnd() };
        store.Save(message);
        Log.GivenUp(logger, message.Turn.Value, result.Status, result.Reason);
        if (result.Status == SendStatus.Forbidden && store.FindConversation(message.Conversation) is { } conversation)
        {
            store.Save(conversation with { IsClosed = true });
        }

        return message;
    }

    private bool IsTooOld(OutboundMessage message) => time.GetUtcNow() - message.Created > TimeSpan.FromHours(options.Value.GiveUpHours);

    private static OutboundMessage Withdraw(OutboundMessage message) => message with { IsWithdrawn = true, IsOwed = true, Content = null, Failures = 0, NotBefore = null };

    private static OutboundMessage Begin(InboundTurn turn, int part) => new()
    {
        Id = OutboundMessage.IdOf(turn.Conversation, turn.MessageId, part),
        Conversation = turn.Conversation,
        Address = turn.Address,
        Turn = turn.Id,
        Created = turn.Received,
        ReplyTo = turn.MessageId,
        Part = part,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Turn {Turn}: a placeholder may have been left behind.")]
        public static partial void Orphaned(ILogger logger, string turn);

        [LoggerMessage(LogLevel.Warning, "Turn {Turn}: not delivered ({Status} {Reason}), tried again in {Seconds:0.0} s.")]
        public static partial void Postponed(ILogger logger, string turn, SendStatus status, string reason, double seconds);

        [LoggerMessage(LogLevel.Error, "Turn {Turn}: the platform does not accept the answer ({Reason}); a sentence with the trace id goes in its place.")]
        public static partial void Refused(ILogger logger, string turn, string reason);

        [LoggerMessage(LogLevel.Error, "Turn {Turn}: a message was given up ({Status} {Reason}).")]
        public static partial void GivenUp(ILogger logger, string turn, SendStatus status, string reason);
    }
}
