namespace CopilotBot.Tickets;

/// <summary>Where tickets are written. Never throws for what the tracker says: every outcome is a reply.</summary>
public interface ITicketTracker
{
    /// <exception cref="TrackerException">The tracker cannot be reached or refuses; the message says what to do.</exception>
    Task<TicketSchema> GetSchemaAsync(CancellationToken cancellationToken);

    /// <summary>Writes what a confirmed draft says, with its idempotency key. To be called once for each attempt that is noted before.</summary>
    Task<TrackerReply> WriteAsync(TicketDraft draft, CancellationToken cancellationToken);

    /// <summary>
    /// Looks for what an earlier attempt may have written, by the idempotency key: <see cref="TrackerStatus.Done"/> or <see cref="TrackerStatus.NotFound"/>;
    /// <see cref="TrackerStatus.TryAgain"/> when the search could not be made, <see cref="TrackerStatus.Refused"/> when it never can.
    /// </summary>
    Task<TrackerReply> FindAsync(TicketDraft draft, CancellationToken cancellationToken);
}

/// <param name="Key">Of the ticket, when done; null where nothing was written because it is a dry run.</param>
/// <param name="Wait">How long the tracker asks to wait.</param>
/// <param name="Problem">One sentence for the person; no secret and no address in it.</param>
public sealed record TrackerReply(TrackerStatus Status, string? Key = null, string? Url = null, TimeSpan? Wait = null, string? Problem = null);

public enum TrackerStatus
{
    Done,

    /// <summary>The search found nothing.</summary>
    NotFound,

    /// <summary>Certainly not written: may be tried again.</summary>
    TryAgain,

    /// <summary>It is not known whether it was written.</summary>
    Unknown,

    /// <summary>Refused, and would be refused again.</summary>
    Refused,
}

/// <summary>The tracker cannot be used; the message says what to do.</summary>
public sealed class TrackerException(string message, Exception? inner = null) : Exception(message, inner);
