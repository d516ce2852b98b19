namespace CopilotBot.FakeJiraReading;

/// <summary>Who may see what, straight from the native objects, one person and one issue at a time (facts §2.4, §2.5).</summary>
internal sealed class Evaluator(JiraState state)
{
    private const string Agents = "Service Desk Team";

    /// <param name="account">Null for somebody who is not logged in.</param>
    public bool CanView(string? account, IssueState issue) =>
        (account is null || (state.Users.TryGetValue(account, out var user) && user is { IsActive: true, Type: "atlassian" }))
        && issue.Project.Browsers.Exists(holder => Is(holder, account, issue))
        && (issue.Level is null || (state.Levels.TryGetValue(issue.Level, out var members) && members.Exists(holder => Is(holder, account, issue))))
        && (issue.Restriction.Count == 0 || issue.Restriction.Exists(role => HasRole(account, issue.Project, role)));

    public bool CanView(string? account, CommentState comment) =>
        CanView(account, comment.Issue)
        && comment.Reach switch { null => true, { Type: "role" } role => HasRole(account, comment.Issue.Project, role.Id), var group => IsMember(account, group.Id) }
        && (comment.IsPublic || comment.Issue.Project.Type != "service_desk" || state.Roles.Any(role => role.Value == Agents && HasRole(account, comment.Issue.Project, role.Key)));

    public bool CanView(string? account, IssueState issue, FileState file) =>
        CanView(account, issue) && (file.Comment is null || issue.Comments.Exists(comment => comment.Id == file.Comment && CanView(account, comment)));

    private bool Is(JiraHolder holder, string? account, IssueState issue) => holder.Type switch
    {
        "anyone" => true,
        _ when account is null => false,
        "applicationRole" => holder.Parameter.Length == 0 || (state.Applications.TryGetValue(holder.Parameter, out var groups) && groups.Any(group => IsMember(account, group))),
        "group" => IsMember(account, holder.Parameter),
        "user" => holder.Parameter == account,
        "projectRole" => HasRole(account, issue.Project, holder.Parameter),
        "projectLead" => issue.Project.Lead == account,
        "reporter" => issue.Reporter == account,
        "assignee" => issue.Assignee == account,
        "userCustomField" => issue.People.TryGetValue(holder.Parameter, out var people) && people.Contains(account),
        "groupCustomField" => issue.Groups.TryGetValue(holder.Parameter, out var picked) && picked.Exists(group => IsMember(account, group)),
        _ => false,
    };

    private bool HasRole(string? account, ProjectState project, string role) =>
        account is not null && project.Actors.TryGetValue(role, out var actors) && (actors.Users.Contains(account) || actors.Groups.Any(group => IsMember(account, group)));

    private bool IsMember(string? account, string group) => account is not null && state.MembersOf(group).Contains(account);
}
