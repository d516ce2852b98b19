namespace CopilotBot.FakeJiraReading;

/// <summary>The native objects of the site; used under the site's lock only.</summary>
internal sealed class JiraState
{
    public SortedDictionary<string, UserState> Users { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, GroupState> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups by key of the application role.</summary>
    public Dictionary<string, HashSet<string>> Applications { get; } = [];

    /// <summary>Names by id, one set for all projects.</summary>
    public SortedDictionary<string, string> Roles { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, ProjectState> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>Members by id of the security level.</summary>
    public SortedDictionary<string, List<JiraHolder>> Levels { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<long, IssueState> Issues { get; } = [];

    public IEnumerable<CommentState> Comments => Issues.Values.SelectMany(issue => issue.Comments);

    public IssueState? FindIssue(string id) => long.TryParse(id, out var number) ? Issues.GetValueOrDefault(number) : null;

    /// <summary>Through nested groups too, which is what the site lists as members.</summary>
    public IReadOnlyCollection<string> MembersOf(string group)
    {
        var (seen, members, left) = (new HashSet<string>(), new SortedSet<string>(StringComparer.Ordinal), new Stack<string>([group]));
        while (left.TryPop(out var next))
        {
            if (seen.Add(next) && Groups.TryGetValue(next, out var state))
            {
                members.UnionWith(state.Members);
                state.Subgroups.ToList().ForEach(left.Push);
            }
        }

        return members;
    }
}

/// <param name="Type">"atlassian", "app" or "customer".</param>
/// <param name="Email">Null where the person hides it.</param>
internal sealed record UserState(string Id, string Name, string Type, string? Email)
{
    public bool IsActive { get; set; } = true;

    /// <summary>On Data Center, beside the key.</summary>
    public string LoginName => $"login.{Id}";
}

internal sealed record GroupState(string Id)
{
    public required string Name { get; set; }

    public HashSet<string> Members { get; } = [];

    public HashSet<string> Subgroups { get; } = [];
}

/// <param name="Type">"software" or "service_desk".</param>
internal sealed record ProjectState(string Id, string Key, string Type)
{
    public string? Lead { get; set; }

    /// <summary>Of the permission BROWSE_PROJECTS.</summary>
    public List<JiraHolder> Browsers { get; set; } = [];

    /// <summary>Accounts and groups by role id.</summary>
    public Dictionary<string, (HashSet<string> Users, HashSet<string> Groups)> Actors { get; } = [];

    public int LastNumber { get; set; }
}
