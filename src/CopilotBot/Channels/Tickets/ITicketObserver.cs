using CopilotBot.Tickets;

namespace CopilotBot.Channels.Tickets;

/// <summary>Shows people what became of a draft.</summary>
internal interface ITicketObserver
{
    /// <summary>
    /// The draft is in another state than the one it was last told of, be it in an earlier process. Told again after a crash before it was noted, so whoever is told twice
    /// of the same state must show it once. A state that passes quickly may be left out.
    /// </summary>
    Task ChangedAsync(TicketDraft draft, CancellationToken cancellationToken);
}
