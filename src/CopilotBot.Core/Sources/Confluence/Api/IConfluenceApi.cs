namespace CopilotBot.Sources.Confluence.Api;

/// <summary>
/// What Cloud and Data Center both know, in one shape. Listings end on the site's own end mark or throw <see cref="Http.SourceHttpException"/> or
/// <see cref="SourceException"/>; a single thing that is not there is null.
/// </summary>
internal interface IConfluenceApi
{
    /// <returns>Name of the account that reads.</returns>
    Task<string> GetAccountAsync(CancellationToken cancellationToken);

    /// <param name="keys">Empty for all.</param>
    Task<IReadOnlyList<SpaceRef>> GetSpacesAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    Task<SpaceReaders> GetSpaceReadersAsync(SpaceRef space, CancellationToken cancellationToken);

    /// <summary>All current pages and blog posts of the space.</summary>
    IAsyncEnumerable<ContentRef> ListAsync(SpaceRef space, CancellationToken cancellationToken);

    /// <summary>The view restrictions of pages and blog posts of the space, those without any included; may miss what the search does not show yet.</summary>
    IAsyncEnumerable<(string Id, Readers Readers)> ListRestrictionsAsync(SpaceRef space, CancellationToken cancellationToken);

    /// <param name="spaces">Whose pages are wanted; others may be named too.</param>
    IAsyncEnumerable<ContentChange> GetChangesAsync(IReadOnlyList<SpaceRef> spaces, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Pages or blog posts in whatever status they are; those that are not found are left out.</summary>
    Task<IReadOnlyList<ContentBody>> GetBodiesAsync(ContentKind kind, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>By id; what is not named has to be asked for itself.</summary>
    Task<IReadOnlyDictionary<string, ContentExtras>> GetExtrasAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> GetLabelsAsync(ContentRef content, CancellationToken cancellationToken);

    Task<IReadOnlyList<PageComment>> GetCommentsAsync(ContentRef content, CancellationToken cancellationToken);

    Task<IReadOnlyList<PageAttachment>> GetAttachmentsAsync(ContentRef content, CancellationToken cancellationToken);

    Task<byte[]> DownloadAsync(PageAttachment attachment, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>A page, blog post, folder or other ancestor without its text, in whatever status.</summary>
    /// <param name="kind">As the site names it.</param>
    Task<ContentRef?> FindAsync(string id, string kind, CancellationToken cancellationToken);

    Task<Readers> GetRestrictionAsync(string id, CancellationToken cancellationToken);

    /// <summary>Active people with an account of the organisation; no apps and no customers.</summary>
    Task<IReadOnlyList<SitePerson>> GetPeopleAsync(CancellationToken cancellationToken);

    /// <summary>Account ids, nested groups included; empty when the group is not there.</summary>
    Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken);

    /// <summary>Whether the site lets the account view it; null when the site does not say.</summary>
    Task<bool?> MayViewAsync(string accountId, string contentId, CancellationToken cancellationToken);
}
