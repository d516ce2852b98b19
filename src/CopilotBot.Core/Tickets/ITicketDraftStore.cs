using CopilotBot.Conversations;

namespace CopilotBot.Tickets;

/// <summary>Drafts, and what was decided about them. Every write is durable against a killed process when the call returns. Safe for concurrent use.</summary>
public interface ITicketDraftStore
{
    /// <summary>Stores the draft unless its turn has one already; then nothing changes and the result is false.</summary>
    /// <param name="audit">Stored in the same step.</param>
    bool TryAdd(TicketDraft draft, TicketAudit? audit = null);

    TicketDraft? Find(TurnId id);

    /// <summary>Changes the draft in one step: what <paramref name="change"/> returns is stored, or nothing where it returns null.</summary>
    /// <param name="audit">Stored in the same step, where something was changed.</param>
    /// <returns>The draft as stored now; null when there is none or nothing was changed.</returns>
    TicketDraft? Change(TurnId id, Func<TicketDraft, TicketDraft?> change, TicketAudit? audit = null);

    /// <summary>Confirmed and not done, oldest first.</summary>
    IReadOnlyList<TicketDraft> GetConfirmed();

    /// <summary>In another state than the one that is shown, oldest first.</summary>
    IReadOnlyList<TicketDraft> GetUnshown();

    /// <summary>Drafts that a person confirmed and that were written, newest first: what the tagger can be trained on.</summary>
    IReadOnlyList<TicketDraft> GetDone(int count);

    void Add(TicketAudit entry);

    /// <summary>Newest first.</summary>
    IReadOnlyList<TicketAudit> GetAudit(int count);

    /// <summary>Forgets drafts that are not confirmed-and-open from before the time; audit entries stay. Returns how many went.</summary>
    int Prune(DateTimeOffset before);
}

/// <summary>Who had what written where, and when.</summary>
/// <param name="Event">"drafted", "edited", "confirmed", "cancelled", "written", "found", "failed", "refused".</param>
public sealed record TicketAudit(TurnId Draft, DateTimeOffset At, string Who, string Event, string? TicketKey, string? Detail);
