using CopilotBot.Knowledge;

namespace CopilotBot.Sources;

/// <summary>
/// A source that is asked over the network. It only reads: when, how often and what becomes of it is decided in Sync. An item is a page, a blog post or an issue;
/// its id is the <see cref="DocumentId"/> of its main document, and all other documents of it (comments with readers of their own, attachments) are parts of that.
/// Methods may be called at the same time. A method that returns has asked to the very end; whatever kept it from that is an exception, never a shorter answer.
/// </summary>
/// <remarks>
/// Every method throws <see cref="SourceException"/> when the source as a whole cannot be read, and <see cref="SourceThrottledException"/> when it asks to wait
/// for long. Faults of one item are readings, never exceptions.
/// </remarks>
public interface ILiveSource
{
    SourceName Name { get; }

    /// <summary>Tries credential and reach with as few calls as possible: for <c>source test</c>, and around listings from whose gaps deletions are concluded.</summary>
    Task<SourceCheck> CheckAsync(CancellationToken cancellationToken);

    /// <summary>The spaces, projects or repositories that the settings ask for, also those that cannot be read now.</summary>
    Task<IReadOnlyList<SourceScope>> GetScopesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Items whose content, comments or attachments changed at or after <paramref name="since"/> by the source's clock; may name more and name one twice, and
    /// may miss what the source's index does not show yet.
    /// </summary>
    IAsyncEnumerable<ListedItem> GetChangedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>All items of a scope as they stand now, without their content.</summary>
    IAsyncEnumerable<ListedItem> ListAsync(SourceScope scope, CancellationToken cancellationToken);

    /// <summary>Reads items with all their documents: exactly one reading for each id that is asked for, in any order.</summary>
    /// <param name="items">Ids of items, at most <see cref="ReadingBatch"/> of them.</param>
    IAsyncEnumerable<ItemReading> ReadAsync(IReadOnlyList<DocumentId> items, CancellationToken cancellationToken);

    /// <summary>How many items are best asked for at once.</summary>
    int ReadingBatch { get; }

    /// <summary>
    /// Who may read what, as it stands now. Several readings may go on at once; each tells the newest of what all of them read, so that a long one never takes back what
    /// a short one saw later.
    /// </summary>
    Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the source itself whether the account may read these documents at this moment. A document that the source gave no clear answer on is left out.
    /// </summary>
    Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken);
}
