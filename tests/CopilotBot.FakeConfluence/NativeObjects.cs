namespace CopilotBot.FakeConfluence;

internal sealed class Account(string id, string displayName, string? email, AccountKind kind)
{
    public string Id { get; } = id;

    public string DisplayName { get; } = displayName;

    /// <summary>Null where the person hides it.</summary>
    public string? Email { get; } = email;

    public AccountKind Kind { get; } = kind;

    public bool IsActive { get; set; } = true;
}

internal sealed class UserGroup(string id, string name)
{
    public string Id { get; } = id;

    public string Name { get; set; } = name;

    public HashSet<string> Members { get; } = [];

    /// <summary>Ids of groups whose members are members too.</summary>
    public HashSet<string> Subgroups { get; } = [];
}

internal sealed class Space(string id, string key, string name)
{
    public string Id { get; } = id;

    public string Key { get; } = key;

    public string Name { get; } = name;

    public HashSet<string> Users { get; } = [];

    public HashSet<string> Groups { get; } = [];

    public bool IsForLicensed { get; set; }

    public bool IsForAnyone { get; set; }
}

/// <summary>A page, blog post or folder.</summary>
internal sealed class Content(string id, string kind, string spaceId, string? parentId, string title, string body, string author, DateTimeOffset at)
{
    public string Id { get; } = id;

    /// <summary>"page", "blogpost" or "folder".</summary>
    public string Kind { get; } = kind;

    public string SpaceId { get; set; } = spaceId;

    public string? ParentId { get; set; } = parentId;

    public string Title { get; set; } = title;

    public string Body { get; set; } = body;

    public string Author { get; } = author;

    /// <summary>"current", "draft", "archived", "trashed".</summary>
    public string Status { get; set; } = "current";

    public int Version { get; set; } = 1;

    public DateTimeOffset Created { get; } = at;

    public DateTimeOffset Modified { get; set; } = at;

    public List<string> Labels { get; } = [];

    /// <summary>Who may view it; nobody at all: whoever may view what is above.</summary>
    public HashSet<string> Users { get; } = [];

    public HashSet<string> Groups { get; } = [];

    public bool IsRestricted => Users.Count + Groups.Count > 0;

    public List<Comment> Comments { get; } = [];

    public List<Attachment> Attachments { get; } = [];
}

internal sealed class Comment(string id, Content on, bool isInline, string author, string body, DateTimeOffset at)
{
    public string Id { get; } = id;

    public Content On { get; } = on;

    public bool IsInline { get; } = isInline;

    public string Author { get; } = author;

    public string Body { get; set; } = body;

    public int Version { get; set; } = 1;

    public DateTimeOffset Modified { get; set; } = at;
}

internal sealed class Attachment(string id, Content on, string fileName, string mediaType, byte[] bytes, DateTimeOffset at)
{
    public string Id { get; } = id;

    public Content On { get; } = on;

    public string FileName { get; } = fileName;

    public string MediaType { get; } = mediaType;

    public byte[] Bytes { get; set; } = bytes;

    public int Version { get; set; } = 1;

    public DateTimeOffset Modified { get; set; } = at;
}
