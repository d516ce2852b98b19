namespace CopilotBot.FakeConfluence;

/// <summary>What the site holds, and who may view what of it, straight from the native objects. Whoever uses it holds the site's lock.</summary>
internal sealed class World
{
    private int _lastId = 1_000_000;

    public Dictionary<string, Account> Accounts { get; } = [];

    public Dictionary<string, UserGroup> Groups { get; } = [];

    public Dictionary<string, Space> Spaces { get; } = [];

    public Dictionary<string, Content> Contents { get; } = [];

    public Dictionary<string, Comment> Comments { get; } = [];

    public Dictionary<string, Attachment> Attachments { get; } = [];

    public string NextId() => (++_lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The account is active and no app; the space lets it in; and of the content and of all that is above it, each view restriction names it (facts §0.1, §1.6).</summary>
    public bool CanView(string accountId, string contentId)
    {
        if (!Accounts.TryGetValue(accountId, out var account) || !account.IsActive || account.Kind is AccountKind.App or AccountKind.Customer)
        {
            return false;
        }

        var content = Contents.GetValueOrDefault(contentId);
        return content is { Status: "current" } && MayEnter(account, Spaces[content.SpaceId]) && Upwards(content).All(one => !one.IsRestricted || IsNamed(account, one.Users, one.Groups));
    }

    public bool CanViewAnonymously(string contentId) =>
        Contents.GetValueOrDefault(contentId) is { Status: "current" } content && Spaces[content.SpaceId].IsForAnyone && Upwards(content).All(one => !one.IsRestricted);

    /// <summary>Members of the group and of all groups below it: what the API lists.</summary>
    public IReadOnlyList<Account> MembersOf(UserGroup group)
    {
        var (seen, open, members) = (new HashSet<string>(), new Stack<UserGroup>([group]), new SortedSet<string>(StringComparer.Ordinal));
        while (open.TryPop(out var next))
        {
            if (seen.Add(next.Id))
            {
                members.UnionWith(next.Members);
                next.Subgroups.Where(Groups.ContainsKey).ToList().ForEach(id => open.Push(Groups[id]));
            }
        }

        return [.. members.Select(id => Accounts[id]).Where(account => account.IsActive)];
    }

    public IEnumerable<Content> Upwards(Content content)
    {
        for (var one = content; one is not null; one = one.ParentId is { } above ? Contents.GetValueOrDefault(above) : null)
        {
            yield return one;
        }
    }

    private bool MayEnter(Account account, Space space) => space.IsForAnyone || (space.IsForLicensed && account.Kind == AccountKind.Person) || IsNamed(account, space.Users, space.Groups);

    private bool IsNamed(Account account, HashSet<string> users, HashSet<string> groups) =>
        users.Contains(account.Id) || groups.Where(Groups.ContainsKey).Any(group => IsMember(account.Id, Groups[group], []));

    private bool IsMember(string account, UserGroup group, HashSet<string> seen) =>
        seen.Add(group.Id) && (group.Members.Contains(account) || group.Subgroups.Where(Groups.ContainsKey).Any(below => IsMember(account, Groups[below], seen)));
}
