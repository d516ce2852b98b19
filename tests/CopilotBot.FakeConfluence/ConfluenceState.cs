using System.Globalization;

namespace CopilotBot.FakeConfluence;

/// <summary>What stands on the site. The caller holds the lock.</summary>
internal sealed class ConfluenceState
{
    private long _lastNumber = 900_000_000;

    public Dictionary<string, UserState> Users { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GroupState> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SpaceState> Spaces { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, PageState> Pages { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CommentState> Comments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, AttachmentState> Attachments { get; } = new(StringComparer.Ordinal);

    /// <summary>Pages, blog posts and folders of a space.</summary>
    public Dictionary<string, HashSet<PageState>> BySpace { get; } = new(StringComparer.Ordinal);

    public long NextNumber() => ++_lastNumber;

    public PageState Page(string id) => Pages.TryGetValue(id, out var page) ? page : throw new InvalidOperationException($"The test names the content {id}, which is not there.");

    public SpaceState Space(string id) => Spaces.TryGetValue(id, out var space) ? space : throw new InvalidOperationException($"The test names the space {id}, which is not there.");

    public GroupState Group(string id) => Groups.TryGetValue(id, out var group) ? group : throw new InvalidOperationException($"The test names the group {id}, which is not there.");

    public void Add(PageState page)
    {
        Pages.Add(page.Id, page);
        BySpace[page.SpaceId].Add(page);
    }

    public void Remove(PageState page)
    {
        Pages.Remove(page.Id);
        BySpace[page.SpaceId].Remove(page);
        page.Comments.ForEach(comment => Comments.Remove(comment.Id));
        page.Attachments.ForEach(file => Attachments.Remove(file.Id));
    }

    public void Move(PageState page, string spaceId)
    {
        BySpace[page.SpaceId].Remove(page);
        page.SpaceId = spaceId;
        BySpace[spaceId].Add(page);
        foreach (var child in Pages.Values.Where(child => child.ParentId == page.Id).ToList())
        {
            Move(child, spaceId);
        }
    }

    /// <summary>The nearest first.</summary>
    public IEnumerable<PageState> AncestorsOf(PageState page)
    {
        for (var parent = page.ParentId; parent is not null && Pages.TryGetValue(parent, out var found); parent = found.ParentId)
        {
            yield return found;
        }
    }

    /// <summary>Through groups in groups.</summary>
    public HashSet<string> MembersOf(string groupId)
    {
        var (users, seen) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var open = new Stack<string>([groupId]);
        while (open.TryPop(out var id))
        {
            if (seen.Add(id) && Groups.TryGetValue(id, out var group))
            {
                users.UnionWith(group.Users);
                foreach (var child in group.Subgroups)
                {
                    open.Push(child);
                }
            }
        }

        return users;
    }

    public static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
