namespace CopilotBot.FakeConfluence;

internal sealed class SpaceState(string id, string key, string name, string status, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Key { get; } = key;

    public string Name { get; } = name;

    public string Status { get; set; } = status;

    public DateTimeOffset Created { get; } = created;

    public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

    public bool IsForLicensed { get; set; }

    public bool IsForAnonymous { get; set; }
}

/// <summary>A page, blog post, folder, comment or attachment; ids are numbers of one row.</summary>
internal abstract class ItemState(long number, string title, DateTimeOffset now)
{
    public long Number { get; } = number;

    public string Title { get; set; } = title;

    public string Status { get; set; } = "current";

    public int Version { get; private set; } = 1;

    public DateTimeOffset Created { get; } = now;

    public DateTimeOffset Modified { get; private set; } = now;

    /// <summary>What an index that lags shows of <see cref="Modified"/>; null before the item is in it.</summary>
    public DateTimeOffset? Before { get; private set; }

    /// <summary>As v1 and searches name it.</summary>
    public abstract string TypeName { get; }

    public virtual string Id => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public void Bump(DateTimeOffset now) => (Before, Version, Modified) = (Modified, Version + 1, now);
}

internal sealed class PageState(long number, PageKind kind, string spaceId, string? parentId, string title, string body, DateTimeOffset now) : ItemState(number, title, now)
{
    public PageKind Kind { get; } = kind;

    public string SpaceId { get; set; } = spaceId;

    public string? ParentId { get; set; } = parentId;

    public string Body { get; set; } = body;

    /// <summary>Null where nothing restricts viewing; both lists empty is the same (facts §0.2).</summary>
    public Restriction? View { get; set; }

    public Restriction? Edit { get; set; }

    public SortedSet<string> Labels { get; } = new(StringComparer.Ordinal);

    public List<CommentState> Comments { get; } = [];

    public List<AttachmentState> Attachments { get; } = [];

    public override string TypeName => Kind switch { PageKind.BlogPost => "blogpost", PageKind.Folder => "folder", _ => "page" };
}

internal sealed class CommentState(long number, PageState page, bool isInline, string body, string author, DateTimeOffset now) : ItemState(number, $"Re: {page.Title}", now)
{
    public PageState Page { get; } = page;

    public bool IsInline { get; } = isInline;

    public string Body { get; set; } = body;

    public string Author { get; } = author;

    public override string TypeName => "comment";
}

internal sealed class AttachmentState(long number, PageState page, string fileName, string mediaType, byte[] bytes, DateTimeOffset now) : ItemState(number, fileName, now)
{
    public PageState Page { get; } = page;

    public string MediaType { get; } = mediaType;

    public byte[] Bytes { get; set; } = bytes;

    public override string Id => $"att{base.Id}";

    public override string TypeName => "attachment";
}

/// <param name="Users">Account ids in the order given.</param>
/// <param name="Groups">Ids of groups.</param>
internal sealed record Restriction(IReadOnlyList<string> Users, IReadOnlyList<string> Groups)
{
    public bool IsEmpty => Users.Count + Groups.Count == 0;
}
