namespace CopilotBot.Sources.Confluence.Api;

/// <summary>A page, blog post or folder without its text.</summary>
/// <param name="ParentId">Empty at the top of a space.</param>
/// <param name="ParentKind">As the site names it ("page", "folder", ...).</param>
/// <param name="Status">"current", "archived", "trashed", "deleted", "draft", ...</param>
internal sealed record ContentRef(string Id, ContentKind Kind, string SpaceId, string ParentId, string ParentKind, string Status, string Title, int Version, DateTimeOffset Modified, string WebPath);

/// <summary>A page or blog post with its text in storage format.</summary>
internal sealed record ContentBody(ContentRef Content, string Storage);

/// <summary>What hangs on a page or blog post, as far as it is known without reading it.</summary>
internal sealed record ContentExtras(IReadOnlyList<string> Labels, bool HasComments, bool HasAttachments);

/// <param name="Author">Account id.</param>
internal sealed record PageComment(string Id, string Author, DateTimeOffset Created, string Storage);

/// <param name="Download">Path below the site, or an absolute address.</param>
internal sealed record PageAttachment(string Id, string FileName, string MediaType, long Bytes, string Version, DateTimeOffset Modified, string Download, string WebPath);

/// <summary>Something that changed: a page or blog post itself, or the one that a comment or attachment hangs on.</summary>
/// <param name="Content">Null where only the id is known.</param>
internal sealed record ContentChange(string Id, ContentKind Kind, ContentRef? Content, DateTimeOffset Modified);

/// <param name="Problem">One sentence when it cannot be read, else null.</param>
internal sealed record SpaceRef(string Id, string Key, string Title, string? Problem = null)
{
    /// <summary>Those that were asked for and not found.</summary>
    public static IEnumerable<SpaceRef> Missing(IEnumerable<string> keys, IReadOnlyList<SpaceRef> found) => keys.Where(key => found.All(space => space.Key != key))
        .Select(key => new SpaceRef($"?{key}", key, key, $"The space {key} cannot be read: check the key, or give the account access."));
}

/// <summary>Who a view restriction names; nobody at all means that there is none (facts/sources.md §0.2).</summary>
internal sealed record Readers(IReadOnlyList<string> Accounts, IReadOnlyList<string> Groups)
{
    public static Readers Everybody { get; } = new([], []);

    public bool IsRestricted => Accounts.Count + Groups.Count > 0;
}

/// <summary>Who may view a space.</summary>
internal sealed record SpaceReaders(IReadOnlyList<string> Accounts, IReadOnlyList<string> Groups, bool IsForLicensed, bool IsForAnyone);

/// <param name="Email">Null where the person does not show it.</param>
/// <param name="IsGuest">Reads only what names them or a group of theirs.</param>
internal sealed record SitePerson(string AccountId, string DisplayName, string? Email, bool IsGuest);
