using CopilotBot.Tickets;

namespace CopilotBot.Tests.Tickets.Planted;

/// <summary>The product's client with a bug around it.</summary>
internal sealed class BrokenTracker(ITicketTracker tracker) : ITicketTracker
{
    /// <summary>Never looks, and says that nothing was found.</summary>
    public bool FindsNothing { get; init; }

    /// <summary>What is sent of a draft.</summary>
    public Func<TicketDraft, TicketDraft> Sent { get; init; } = draft => draft;

    /// <summary>What is made of an answer to a write.</summary>
    public Func<TrackerReply, TrackerReply> Reply { get; init; } = reply => reply;

    public Task<TicketSchema> GetSchemaAsync(CancellationToken cancellationToken) => tracker.GetSchemaAsync(cancellationToken);

    public async Task<TrackerReply> WriteAsync(TicketDraft draft, CancellationToken cancellationToken) => Reply(await tracker.WriteAsync(Sent(draft), cancellationToken));

    public Task<TrackerReply> FindAsync(TicketDraft draft, CancellationToken cancellationToken) =>
        FindsNothing ? Task.FromResult(new TrackerReply(TrackerStatus.NotFound)) : tracker.FindAsync(draft, cancellationToken);
}
