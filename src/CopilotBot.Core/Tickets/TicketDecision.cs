namespace CopilotBot.Tickets;

/// <summary>What became of something that a person decided about a draft.</summary>
/// <param name="Draft">As it is stored now; null where there is none.</param>
/// <param name="Wanted">Of <see cref="TicketDecisionOutcome.Incomplete"/>: id of the field that is missing, or "ticket" or "comment" for an update without one.</param>
public sealed record TicketDecision(TicketDecisionOutcome Outcome, TicketDraft? Draft, string? Wanted = null);

public enum TicketDecisionOutcome
{
    /// <summary>It is stored.</summary>
    Taken,

    /// <summary>Somebody had confirmed or cancelled it before; nothing was changed.</summary>
    AlreadyDecided,

    /// <summary>The person neither asked for it nor is named in Tickets:MayConfirm.</summary>
    NotAllowed,

    /// <summary>Something that the tracker requires is missing.</summary>
    Incomplete,

    /// <summary>There is no such draft, or not any more.</summary>
    Unknown,
}
