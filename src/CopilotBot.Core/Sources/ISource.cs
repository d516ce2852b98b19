using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>
/// A place that knowledge is read from. Yields in this order: one <see cref="SourceChange.Directory"/>, then documents and failures, then
/// one <see cref="SourceChange.Completed"/>. Ending without it means that the listing broke off, and nothing may be concluded from absence.
/// </summary>
public interface ISource
{
    SourceName Name { get; }

    /// <param name="since">Cursor of the last completed run, or null for everything.</param>
    /// <exception cref="SourceException">The source as a whole cannot be read; the message says what to do.</exception>
    IAsyncEnumerable<SourceChange> GetChangesAsync(SyncCursor? since, CancellationToken cancellationToken);
}
