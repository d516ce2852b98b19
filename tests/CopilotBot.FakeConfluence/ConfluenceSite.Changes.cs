namespace CopilotBot.FakeConfluence;

/// <summary>What people do on the site. Only new text and new names stamp a version (facts §1.4).</summary>
public sealed partial class ConfluenceSite
{
    /// <param name="email">Null where it is hidden.</param>
    public void AddUser(string accountId, string displayName, string? email = null, UserKind kind = UserKind.Person, bool isActive = true) =>
        Change(() => _state.Users.Add(accountId, new UserState(accountId, displayName, email, kind, isActive)));

    public void Deactivate(string accountId) => Change(() => _state.Users[accountId].IsActive = false);

    public void Activate(string accountId) => Change(() => _state.Users[accountId].IsActive = true);

    public void AddGroup(string id, string name) => Change(() => _state.Groups.Add(id, new GroupState(id, name)));

    public void RenameGroup(string id, string name) => Change(() => _state.Group(id).Name = name);

    public void AddMember(string groupId, string userId) => Change(() => _state.Group(groupId).Users.Add(userId));

    public void RemoveMember(string groupId, string userId) => Change(() => _state.Group(groupId).Users.Remove(userId));

    public void AddSubgroup(string groupId, string childGroupId) => Change(() => _state.Group(groupId).Subgroups.Add(childGroupId));

    public void RemoveSubgroup(string groupId, string childGroupId) => Change(() => _state.Group(groupId).Subgroups.Remove(childGroupId));

    /// <param name="id">A number.</param>
    /// <param name="status">"current" or "archived".</param>
    public void AddSpace(string id, string key, string name, string status = "current") => Change(() =>
    {
        _state.Spaces.Add(id, new SpaceState(id, key, name, status, Now));
        _state.BySpace.Add(id, []);
    });

    public void SetSpaceStatus(string spaceId, string status) => Change(() => _state.Space(spaceId).Status = status);

    public void Grant(string spaceId, SpaceReader reader) => SetGrant(spaceId, reader, true);

    public void Revoke(string spaceId, SpaceReader reader) => SetGrant(spaceId, reader, false);

    /// <param name="id">A number.</param>
    /// <param name="status">"current", "draft", "archived", "trashed" or "deleted".</param>
    public void AddPage(string id, string spaceId, string? parentId, string title, string body, PageKind kind = PageKind.Page, string status = "current") => Change(() =>
    {
        _state.Space(spaceId);
        _state.Add(new PageState(ConfluenceState.Number(id), kind, spaceId, parentId, title, body, Now) { Status = status });
    });

    public void EditPage(string id, string body) => Change(() =>
    {
        var page = _state.Page(id);
        page.Body = body;
        page.Bump(Now);
    });

    public void RenamePage(string id, string title) => Change(() =>
    {
        var page = _state.Page(id);
        page.Title = title;
        page.Bump(Now);
    });

    /// <summary>With all that stands below.</summary>
    /// <param name="spaceId">Null for where it is.</param>
    public void MovePage(string id, string? parentId, string? spaceId = null) => Change(() =>
    {
        var page = _state.Page(id);
        page.ParentId = parentId;
        if (spaceId is not null && spaceId != page.SpaceId)
        {
            _state.Move(page, _state.Space(spaceId).Id);
        }
    });

    public void Archive(string id) => SetStatus(id, "archived");

    public void Trash(string id) => SetStatus(id, "trashed");

    public void Restore(string id) => SetStatus(id, "current");

    /// <summary>It disappears altogether, with comments and attachments.</summary>
    public void Purge(string id) => Change(() => _state.Remove(_state.Page(id)));

    public void SetRestriction(string pageId, IReadOnlyList<string> users, IReadOnlyList<string> groups) => Change(() => _state.Page(pageId).View = new Restriction(users, groups));

    public void ClearRestriction(string pageId) => Change(() => _state.Page(pageId).View = null);

    /// <summary>It hides nothing (facts §1.6).</summary>
    public void SetEditRestriction(string pageId, IReadOnlyList<string> users, IReadOnlyList<string> groups) => Change(() => _state.Page(pageId).Edit = new Restriction(users, groups));

    public void AddLabel(string pageId, string label) => Change(() => _state.Page(pageId).Labels.Add(label));

    public void RemoveLabel(string pageId, string label) => Change(() => _state.Page(pageId).Labels.Remove(label));

    private void SetStatus(string id, string status) => Change(() => _state.Page(id).Status = status);

    private void SetGrant(string spaceId, SpaceReader reader, bool isGranted) => Change(() =>
    {
        var space = _state.Space(spaceId);
        switch (reader)
        {
            case SpaceReader.User user:
                _ = isGranted ? space.Users.Add(user.AccountId) : space.Users.Remove(user.AccountId);
                break;
            case SpaceReader.Group group:
                _ = isGranted ? space.Groups.Add(group.GroupId) : space.Groups.Remove(group.GroupId);
                break;
            case SpaceReader.Licensed:
                space.IsForLicensed = isGranted;
                break;
            case SpaceReader.Anonymous:
                space.IsForAnonymous = isGranted;
                break;
            default:
                throw new InvalidOperationException($"Unknown reader {reader}.");
        }
    });
}
