using CopilotBot.Answering;
using CopilotBot.Conversations;
using CopilotBot.Tickets;

namespace CopilotBot.Channels.Tickets;

/// <summary>
/// Shows in its chat what becomes of a draft. A change is stored as a turn of the conversation, so it is shown in its place among everything else that is said there, and
/// survives a crash; what decides about a draft that was shown under a message is here too, when that message is changed or deleted.
/// </summary>
internal sealed class TicketMessages(IChannelStore store, ITicketDraftStore drafts, TicketDesk desk, ChannelAdapters adapters, TurnInbox inbox, Outbox outbox, TimeProvider time) : ITicketObserver
{
    public Task ChangedAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        Show(draft, address: null);
        return Task.CompletedTask;
    }

    /// <param name="address">A newer address of the same message; null keeps the one that it was shown by.</param>
    public void Show(TicketDraft draft, string? address)
    {
        if (store.FindTurn(draft.Id) is not { } turn || !adapters.Knows(turn.Conversation))
        {
            return;
        }

        var refresh = turn with
        {
            Id = TurnId.New(),
            Kind = InboundKind.Refresh,
            Text = draft.Id.Value,
            Address = address ?? (store.GetAnswer(turn.Conversation, turn.MessageId) is [var shown, ..] ? shown.Address : turn.Address),
            Received = time.GetUtcNow(),
            Attempts = 0,
            LeasedUntil = null,
        };
        inbox.TryAdd(refresh, $"ticket\n{draft.Id}\n{draft.Revision}");
    }

    /// <summary>The messages that show the draft as it is now; none where the message that it was shown by shows something else by now.</summary>
    public IReadOnlyList<OutboundMessage> Refresh(InboundTurn refresh)
    {
        var id = new TurnId(refresh.Text);
        if (drafts.Find(id) is not { } draft || store.FindTurn(id) is not { } turn || store.GetAnswer(turn.Conversation, turn.MessageId) is not [var shown, ..] || shown.Turn != id || shown.IsWithdrawn)
        {
            return [];
        }

        TellThread(turn, draft);
        return Compose(turn with { Address = refresh.Address }, draft);
    }

    /// <summary>The person's message was changed after its draft was confirmed: the messages that show that draft on; null where nothing was confirmed.</summary>
    public IReadOnlyList<OutboundMessage>? FindDecided(InboundTurn change)
    {
        foreach (var turn in store.GetTurns(change.Conversation, change.MessageId).Where(turn => turn.Id != change.Id))
        {
            if (drafts.Find(turn.Id) is { State: TicketState.Confirmed or TicketState.Done } draft)
            {
                return Compose(turn, draft);
            }
        }

        return null;
    }

    /// <summary>Cancels what was drafted for the message and not confirmed.</summary>
    public void Drop(InboundTurn change)
    {
        foreach (var turn in store.GetTurns(change.Conversation, change.MessageId).Where(turn => turn.Id != change.Id && drafts.Find(turn.Id) is { State: TicketState.Open }))
        {
            desk.Cancel(turn.Id, turn.User, null);
        }
    }

    private IReadOnlyList<OutboundMessage> Compose(InboundTurn turn, TicketDraft draft) => outbox.Compose(turn, adapters.Of(turn.Conversation).Render(turn, TicketDrafting.Show(turn.Id, draft)));

    /// <summary>Where the ticket was asked for elsewhere than in the thread that it is about, the thread is told once that there is one.</summary>
    private void TellThread(InboundTurn turn, TicketDraft draft)
    {
        if (draft is not { State: TicketState.Done, Action: TicketAction.Create, IsDryRun: false, TicketKey: { } key } || adapters.Of(turn.Conversation).FindThread(turn) is not { } thread)
        {
            return;
        }

        store.TryAdd(new OutboundMessage
        {
            Id = OutboundMessage.IdOf(turn.Conversation, $"ticket:{draft.Id}", 0),
            Conversation = turn.Conversation,
            Address = thread,
            Turn = turn.Id,
            Created = time.GetUtcNow(),
            Mode = DeliveryMode.Once,
            Content = adapters.Of(turn.Conversation).Render(thread, $"{draft.RequesterName} opened {key} for this: {draft.Url}"),
            IsOwed = true,
        });
    }
}
