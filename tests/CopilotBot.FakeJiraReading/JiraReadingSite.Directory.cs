namespace CopilotBot.FakeJiraReading;

/// <summary>People, groups, projects and their schemes. Nothing here touches an issue's time of change (facts §2.5).</summary>
public sealed partial class JiraReadingSite
{
    /// <param name="id">Account id on Cloud, user key on Data Center.</param>
    /// <param name="type">"atlassian", "app" or "customer".</param>
    /// <param name="email">Null where it is hidden.</param>
    public void AddUser(string id, string name, string? email, string type = "atlassian") => Change(() => _state.Users[id] = new UserState(id, name, type, email));

    public void SetActive(string user, bool isActive) => Change(() => _state.Users[user].IsActive = isActive);

    /// <param name="id">On Data Center the name, which has no other id.</param>
    public void AddGroup(string id, string name) => Change(() => _state.Groups[id] = new GroupState(id) { Name = Edition == JiraEdition.Cloud ? name : id });

    public void RenameGroup(string id, string name) => Change(() => _state.Groups[id].Name = name);

    public void AddMember(string group, string user) => Change(() => _state.Groups[group].Members.Add(user));

    public void RemoveMember(string group, string user) => Change(() => _state.Groups[group].Members.Remove(user));

    public void AddSubgroup(string group, string below) => Change(() => _state.Groups[group].Subgroups.Add(below));

    public void RemoveSubgroup(string group, string below) => Change(() => _state.Groups[group].Subgroups.Remove(below));

    public void SetApplicationGroups(string role, params IReadOnlyList<string> groups) => Change(() => _state.Applications[role] = [.. groups]);

    public void AddRole(string id, string name) => Change(() => _state.Roles[id] = name);

    /// <param name="type">"software" or "service_desk".</param>
    public void AddProject(string id, string key, string type = "software") => Change(() => _state.Projects[id] = new ProjectState(id, key, type));

    public void SetLead(string project, string? user) => Change(() => _state.Projects[project].Lead = user);

    /// <summary>Who has BROWSE_PROJECTS.</summary>
    public void SetBrowsers(string project, params IReadOnlyList<JiraHolder> holders) => Change(() => _state.Projects[project].Browsers = [.. holders]);

    public void SetActors(string project, string role, IReadOnlyList<string> users, IReadOnlyList<string> groups) => Change(() => _state.Projects[project].Actors[role] = ([.. users], [.. groups]));

    /// <summary>Makes the level where it is not there.</summary>
    public void SetLevelMembers(string level, params IReadOnlyList<JiraHolder> holders) => Change(() => _state.Levels[level] = [.. holders]);
}
