namespace CopilotBot.Tickets;

/// <summary>Knows what tickets look like and writes none.</summary>
/// <param name="schema">Of the tracker that would be written to, or as an admin wrote it.</param>
public sealed class DryRunTracker(Func<CancellationToken, Task<TicketSchema>> schema) : ITicketTracker
{
    public Task<TicketSchema> GetSchemaAsync(CancellationToken cancellationToken) => schema(cancellationToken);

    public Task<TrackerReply> WriteAsync(TicketDraft draft, CancellationToken cancellationToken) => Task.FromResult(new TrackerReply(TrackerStatus.Done));

    /// <summary>A dry run that was interrupted wrote nothing either.</summary>
    public Task<TrackerReply> FindAsync(TicketDraft draft, CancellationToken cancellationToken) => Task.FromResult(new TrackerReply(TrackerStatus.Done));
}
