namespace CopilotBot.FakeConfluence;

/// <summary>
/// Who may view what, straight from the objects of the site (facts §1.6): account, space, every restricted ancestor, own restriction. It shares nothing with what is
/// answered, so it can say whether a reader of the answers understood them.
/// </summary>
internal sealed class Evaluator(ConfluenceState state, Func<bool> isSiteOpen)
{
    /// <param name="accountId">Null for nobody logged in.</param>
    public bool CanView(string? accountId, string contentId) => PageOf(contentId) is { Status: "current" } page && MayRead(accountId, page);

    /// <summary>In whatever status the page is.</summary>
    public bool MayRead(string? accountId, PageState page) =>
        accountId is null
            ? isSiteOpen() && state.Spaces.TryGetValue(page.SpaceId, out var open) && open.IsForAnonymous && Chain(page).All(one => one.View is null or { IsEmpty: true })
            : state.Users.TryGetValue(accountId, out var user) && user is { IsActive: true, Kind: UserKind.Person or UserKind.Guest }
                && state.Spaces.TryGetValue(page.SpaceId, out var space) && MayEnter(user, space)
                && Chain(page).All(one => one.View is null or { IsEmpty: true } || IsNamed(user.Id, one.View.Users, one.View.Groups));

    /// <summary>Where anyone may enter, whoever is logged in may too.</summary>
    public bool MayEnter(UserState user, SpaceState space) =>
        IsNamed(user.Id, space.Users, space.Groups) || (user.Kind == UserKind.Person && space.IsForLicensed) || (space.IsForAnonymous && isSiteOpen());

    public bool IsIn(string accountId, string groupId)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Search(groupId);

        bool Search(string id) => seen.Add(id) && state.Groups.TryGetValue(id, out var group) && (group.Users.Contains(accountId) || group.Subgroups.Any(Search));
    }

    private bool IsNamed(string accountId, IEnumerable<string> users, IEnumerable<string> groups) => users.Contains(accountId) || groups.Any(group => IsIn(accountId, group));

    /// <summary>The page and what it stands below.</summary>
    private IEnumerable<PageState> Chain(PageState page) => state.AncestorsOf(page).Prepend(page);

    /// <summary>Comments and attachments follow their page while they are there themselves.</summary>
    private PageState? PageOf(string contentId) =>
        state.Pages.TryGetValue(contentId, out var page) ? page
        : state.Comments.TryGetValue(contentId, out var comment) ? comment.Page
        : state.Attachments.TryGetValue(contentId, out var file) ? file.Page
        : null;
}
