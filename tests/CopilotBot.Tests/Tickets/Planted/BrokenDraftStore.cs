using CopilotBot.Conversations;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Tickets.Planted;

/// <summary>The product's store with a bug before it.</summary>
internal sealed class BrokenDraftStore(ITicketDraftStore store) : ITicketDraftStore
{
    /// <summary>What whoever changes a draft is shown of it.</summary>
    public Func<TicketDraft, TicketDraft> Read { get; init; } = draft => draft;

    /// <summary>What is stored of a change.</summary>
    public Func<TicketDraft, TicketDraft> Written { get; init; } = draft => draft;

    public bool TryAdd(TicketDraft draft, TicketAudit? audit = null) => store.TryAdd(draft, audit);

    public TicketDraft? Find(TurnId id) => store.Find(id);

    public TicketDraft? Change(TurnId id, Func<TicketDraft, TicketDraft?> change, TicketAudit? audit = null) =>
        store.Change(id, draft => change(Read(draft)) is { } changed ? Written(changed) : null, audit);

    public IReadOnlyList<TicketDraft> GetConfirmed() => store.GetConfirmed();

    public IReadOnlyList<TicketDraft> GetUnshown() => store.GetUnshown();

    public IReadOnlyList<TicketDraft> GetDone(int count) => store.GetDone(count);

    public void Add(TicketAudit entry) => store.Add(entry);

    public IReadOnlyList<TicketAudit> GetAudit(int count) => store.GetAudit(count);

    public int Prune(DateTimeOffset before) => store.Prune(before);
}
