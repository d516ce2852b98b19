using CopilotBot.FakeJiraReading;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>A site of people, nested groups, projects with schemes, security levels and issues, and what may happen to it. Everything follows from the seed.</summary>
internal sealed class RandomJira
{
    /// <summary>In every text.</summary>
    public const string Word = "lantern";

    private const string UserField = "customfield_10050";
    private const string GroupField = "customfield_10060";
    private const string Application = "jira-software";

    private readonly JiraReadingSite _site;
    private readonly Random _random;
    private readonly List<string> _groups = [];
    private readonly List<string> _roles = [];
    private readonly List<string> _projects = [];
    private readonly List<string> _levels = ["501", "502", "503"];
    private int _files;

    public RandomJira(JiraReadingSite site, int seed)
    {
        (_site, _random) = (site, new Random(seed));
        AddPeople();
        AddSchemes();
        for (var at = 0; at < 30; at++)
        {
            AddIssue();
        }

        for (var at = 0; at < 30; at++)
        {
            AddComment(Any(Issues));
        }
    }

    public List<string> People { get; } = [];

    public List<string> Issues { get; } = [];

    /// <summary>Comments that had readers of their own at some time, with their issues.</summary>
    public Dictionary<string, string> Comments { get; } = [];

    public Dictionary<string, string> Files { get; } = [];

    /// <returns>What happened, for the message of a failed test, and the issue that an event would name.</returns>
    public (string What, string? Id) Mutate() => _random.Next(4) == 0 ? (MutateDirectory(), null) : MutateIssue(Any(Issues));

    private string MutateDirectory()
    {
        var (project, level) = (Any(_projects), Any(_levels));
        switch (_random.Next(11))
        {
            case 0 or 1:
                return $"browsers of {project}: {SetBrowsers(project)}";
            case 2:
                return $"members of level {level}: {SetLevelMembers(level)}";
            case 3 or 4:
                SetActors(project, Any(_roles));
                return $"actors in {project}";
            case 5:
                _site.AddMember(Any(_groups), Any(People));
                return "member added";
            case 6:
                _site.RemoveMember(Any(_groups), Any(People));
                return "member removed";
            case 7:
                _site.SetActive(Any(People), _random.Next(3) > 0);
                return "somebody leaves or returns";
            case 8:
                _site.SetLead(project, Any(People));
                return $"lead of {project}";
            case 9 when _site.Edition == JiraEdition.Cloud:
                _site.RenameGroup(Any(_groups), $"renamed {_random.Next(1000)}");
                return "group renamed";
            default:
                _site.SetApplicationGroups(Application, Some(_groups, 2));
                return "groups with a licence";
        }
    }

    private (string What, string? Id) MutateIssue(string id)
    {
        switch (_random.Next(14))
        {
            case 0:
                _site.SetReporter(id, AnyOrNone(People));
                return ($"reporter of {id}", id);
            case 1:
                _site.SetAssignee(id, AnyOrNone(People));
                return ($"assignee of {id}", id);
            case 2:
                SetFields(id);
                return ($"pickers of {id}", id);
            case 3 or 4:
                _site.SetLevel(id, AnyOrNone(_levels));
                return ($"level of {id}", id);
            case 5:
                _site.SetRestriction(id, Some(_roles, 2));
                return ($"restriction of {id}", id);
            case 6:
                _site.MoveIssue(id, Any(_projects));
                return ($"move {id}", id);
            case 7:
                Remove(id);
                return ($"delete {id}", id);
            case 8:
                var added = AddIssue();
                return ($"add {added}", added);
            case 9 or 10:
                return ($"comment {AddComment(id)} on {id}", id);
            case 11:
                return ChangeComment();
            case 12:
                AddFile(id);
                return ($"file on {id}", id);
            default:
                _site.EditIssue(id, description: $"{Word} again {_random.Next(1000)}");
                return ($"edit {id}", id);
        }
    }

    private void AddPeople()
    {
        for (var at = 0; at < 12; at++)
        {
            var type = _site.Edition == JiraEdition.DataCenter ? "atlassian" : at switch { 9 => "app", 10 => "customer", _ => "atlassian" };
            _site.AddUser($"acc-{at}", "The same name", at % 3 == 0 ? null : $"person{at}@halvorne.example", type);
            People.Add($"acc-{at}");
        }

        for (var at = 0; at < 6; at++)
        {
            _groups.Add($"group-{at}");
            _site.AddGroup($"group-{at}", $"team {at}");
            Some(People, 3).ForEach(person => _site.AddMember($"group-{at}", person));
        }

        _site.AddSubgroup("group-0", "group-1");
        _site.AddSubgroup("group-1", "group-2");
        _site.AddSubgroup("group-2", "group-0"); // a circle, which directories allow
        _site.SetApplicationGroups(Application, "group-3");
    }

    private void AddSchemes()
    {
        foreach (var (id, name) in (IEnumerable<(string, string)>)[("10001", "Developers"), ("10002", "Service Desk Team"), ("10003", "Board")])
        {
            _site.AddRole(id, name);
            _roles.Add(id);
        }

        for (var at = 1; at <= 3; at++)
        {
            var project = $"{at}";
            _projects.Add(project);
            _site.AddProject(project, $"PR{at}", at == 2 ? "service_desk" : "software");
            _site.SetLead(project, Any(People));
            SetBrowsers(project);
            _roles.ForEach(role => SetActors(project, role));
        }

        _levels.ForEach(level => SetLevelMembers(level));
    }

    private string AddIssue()
    {
        var id = _site.AddIssue(Any(_projects), "A request", $"{Word} body", AnyOrNone(People), AnyOrNone(People), _random.Next(3) == 0 ? Any(_levels) : null);
        Issues.Add(id);
        SetFields(id);
        if (_random.Next(6) == 0)
        {
            _site.SetRestriction(id, Some(_roles, 2));
        }

        return id;
    }

    private void Remove(string id)
    {
        _site.DeleteIssue(id);
        Issues.Remove(id);
        Comments.Where(comment => comment.Value == id).ToList().ForEach(comment => Comments.Remove(comment.Key));
        Files.Where(file => file.Value == id).ToList().ForEach(file => Files.Remove(file.Key));
    }

    private void SetFields(string id)
    {
        _site.SetPeople(id, UserField, Some(People, 2));
        _site.SetGroups(id, GroupField, Some(_groups, 1));
    }

    private string AddComment(string issue)
    {
        var id = _site.AddComment(issue, $"{Word} remark", Any(People), Reach(), _random.Next(3) > 0);
        Comments[id] = issue;
        return id;
    }

    private (string What, string? Id) ChangeComment()
    {
        if (Comments.Count == 0)
        {
            return ("nothing", null);
        }

        var (comment, issue) = Any([.. Comments]);
        if (_random.Next(3) == 0)
        {
            _site.RemoveComment(comment);
            Comments.Remove(comment);
        }
        else
        {
            _site.ChangeComment(comment, Reach(), _random.Next(2) == 0);
        }

        return ($"comment {comment} of {issue} changed", issue);
    }

    private void AddFile(string issue)
    {
        var comments = Comments.Where(comment => comment.Value == issue).Select(comment => comment.Key).ToList();
        var name = $"file{++_files}.txt";
        Files[_site.AddAttachment(issue, name, "lantern in a file"u8.ToArray(), AnyOrNone(comments))] = issue;
    }

    private CommentReach? Reach() => _random.Next(4) switch { 0 => new CommentReach("role", Any(_roles)), 1 => new CommentReach("group", Any(_groups)), _ => null };

    private void SetActors(string project, string role) => _site.SetActors(project, role, Some(People, 3), Some(_groups, 2));

    private string SetBrowsers(string project)
    {
        List<JiraHolder> holders = [.. Some(Holders(), 4), .. _random.Next(8) == 0 ? [new JiraHolder("anyone")] : (JiraHolder[])[]];
        _site.SetBrowsers(project, holders);
        return string.Join(", ", holders);
    }

    private string SetLevelMembers(string level)
    {
        var holders = Some(Holders(), 4);
        _site.SetLevelMembers(level, holders);
        return string.Join(", ", holders);
    }

    private List<JiraHolder> Holders() =>
    [
        new("applicationRole"), new("applicationRole", Application), new("group", Any(_groups)), new("group", Any(_groups)), new("user", Any(People)), new("projectRole", Any(_roles)), new("projectRole", Any(_roles)),
        new("projectLead"), new("reporter"), new("assignee"), new("userCustomField", UserField), new("groupCustomField", GroupField), new("sd.customer.portal.only"),
    ];

    private T Any<T>(List<T> all) => all[_random.Next(all.Count)];

    private string? AnyOrNone(List<string> all) => all.Count == 0 || _random.Next(4) == 0 ? null : Any(all);

    /// <summary>Up to so many of them.</summary>
    private List<T> Some<T>(List<T> all, int most) => [.. all.OrderBy(_ => _random.Next()).Take(_random.Next(most + 1))];
}
