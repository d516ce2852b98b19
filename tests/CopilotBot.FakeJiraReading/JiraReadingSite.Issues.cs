using System.Globalization;

namespace CopilotBot.FakeJiraReading;

/// <summary>Issues, comments and files. Each change gives the issue a time of change of its own, never an earlier one.</summary>
public sealed partial class JiraReadingSite
{
    private long _lastId = 10000;
    private DateTimeOffset _lastChange;

    /// <returns>Its id.</returns>
    public string AddIssue(string project, string summary, string description, string? reporter = null, string? assignee = null, string? level = null)
    {
        var id = 0L;
        Change(() =>
        {
            id = ++_lastId;
            var (place, now) = (_state.Projects[project], Tick());
            _state.Issues[id] = new IssueState(id)
            {
                Project = place,
                Key = NextKey(place),
                Summary = summary,
                Description = description,
                Reporter = reporter,
                Assignee = assignee,
                Level = level,
                Created = now,
                Updated = now,
            };
        });
        return id.ToString(CultureInfo.InvariantCulture);
    }

    public void EditIssue(string id, string? summary = null, string? description = null) => ChangeIssue(id, issue =>
    {
        issue.Summary = summary ?? issue.Summary;
        issue.Description = description ?? issue.Description;
    });

    public void SetReporter(string id, string? user) => ChangeIssue(id, issue => issue.Reporter = user);

    public void SetAssignee(string id, string? user) => ChangeIssue(id, issue => issue.Assignee = user);

    /// <param name="field">As "customfield_10050".</param>
    public void SetPeople(string id, string field, params IReadOnlyList<string> users) => ChangeIssue(id, issue => issue.People[field] = [.. users]);

    /// <param name="field">As "customfield_10060".</param>
    public void SetGroups(string id, string field, params IReadOnlyList<string> groups) => ChangeIssue(id, issue => issue.Groups[field] = [.. groups]);

    /// <param name="level">Null for none.</param>
    public void SetLevel(string id, string? level) => ChangeIssue(id, issue => issue.Level = level);

    /// <param name="roles">None for no restriction.</param>
    public void SetRestriction(string id, params IReadOnlyList<string> roles) => ChangeIssue(id, issue => issue.Restriction = [.. roles]);

    /// <summary>To another project, with a key there and the same id (facts §2.6).</summary>
    public void MoveIssue(string id, string project) => ChangeIssue(id, issue =>
    {
        issue.Project = _state.Projects[project];
        issue.Key = NextKey(issue.Project);
    });

    public void DeleteIssue(string id) => Change(() => _state.Issues.Remove(long.Parse(id, CultureInfo.InvariantCulture)));

    /// <param name="isPublic">False for an internal note of a service project.</param>
    /// <returns>Its id.</returns>
    public string AddComment(string issue, string text, string author, CommentReach? reach = null, bool isPublic = true)
    {
        var id = "";
        ChangeIssue(issue, state =>
        {
            id = $"{++_lastId}";
            state.Comments.Add(new CommentState(id, state, author, text, reach, isPublic, state.Updated));
        });
        return id;
    }

    public void ChangeComment(string id, CommentReach? reach, bool isPublic) => Change(() =>
    {
        if (FindComment(id) is { } comment)
        {
            Touch(comment.Issue);
            comment.Issue.Comments[comment.Issue.Comments.IndexOf(comment)] = comment with { Reach = reach, IsPublic = isPublic };
        }
    });

    public void RemoveComment(string id) => Change(() =>
    {
        if (FindComment(id) is { } comment)
        {
            Touch(comment.Issue);
            comment.Issue.Comments.Remove(comment);
        }
    });

    /// <param name="comment">The one that it is added in, or null.</param>
    /// <returns>Its id.</returns>
    public string AddAttachment(string issue, string name, byte[] bytes, string? comment = null)
    {
        var id = "";
        ChangeIssue(issue, state =>
        {
            id = $"{++_lastId}";
            state.Files.Add(new FileState(id, name, bytes, comment, state.Updated));
        });
        return id;
    }

    private static string NextKey(ProjectState project) => $"{project.Key}-{++project.LastNumber}";

    private void ChangeIssue(string id, Action<IssueState> change) => Change(() =>
    {
        var issue = _state.FindIssue(id) ?? throw new ArgumentException($"There is no issue {id}.", nameof(id));
        Touch(issue);
        change(issue);
    });

    private void Touch(IssueState issue)
    {
        issue.Before = (issue.Project.Id, issue.Updated);
        issue.Updated = Tick();
    }

    /// <summary>Now, but a millisecond after the last change at the least.</summary>
    private DateTimeOffset Tick() => _lastChange = Time.GetUtcNow() is var now && now > _lastChange ? now : _lastChange.AddMilliseconds(1);
}
