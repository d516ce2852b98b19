using System.Runtime.CompilerServices;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Http;
using CopilotBot.Sources.Jira.Api;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Sources.Jira;

/// <summary>Issues of a Jira site with their comments and attachments, service projects as their agents see them.</summary>
internal sealed partial class JiraSource : ILiveSource, IDisposable
{
    private static readonly TimeSpan ProjectsAge = TimeSpan.FromMinutes(5);

    private readonly SourceConnection _connection;

    private readonly IJiraApi _api;

    private readonly JiraAccess _access;

    private readonly JiraDocuments _documents;

    private readonly TimeProvider _time;

    private readonly SourceGuard _guard;

    private readonly ILogger _logger;

    private (DateTimeOffset At, IReadOnlyList<ProjectRef> Projects)? _projects;

    public JiraSource(SourceName name, SourceConnection connection, SourceHttp http, TimeProvider time, ILogger logger, ReadAttachment readAttachment)
    {
        (Name, _connection, _time, _logger, _guard) = (name, connection, time, logger, new SourceGuard(name));
        _api = connection.Edition == SourceEdition.Cloud ? new CloudJira(http) : new DataCenterJira(http);
        _access = new JiraAccess(name, _api, ProjectsAnewAsync);
        _documents = new JiraDocuments(name, connection, _api, _access, readAttachment);
    }

    public SourceName Name { get; }

    /// <summary>As many as one bulk fetch takes.</summary>
    public int ReadingBatch => 100;

    public Task<SourceCheck> CheckAsync(CancellationToken cancellationToken) => _guard.RunAsync(async () =>
    {
        var account = await _api.GetAccountAsync(cancellationToken);
        var projects = await ProjectsAsync(cancellationToken);
        List<string> warnings = [.. projects.Select(project => project.Problem).OfType<string>()];
        var canAsk = false;
        if (projects.FirstOrDefault(project => project.Problem is null) is { } first)
        {
            if (await SchemeProblemAsync(first, cancellationToken) is { } problem)
            {
                warnings.Add(problem);
            }

            canAsk = _connection.Edition == SourceEdition.DataCenter || await CanAskAsync(account.AccountId, cancellationToken);
            if (!canAsk)
            {
                warnings.Add("The account may not check permissions of others, so what is restricted is left out of answers: give it the permission Administer Jira, or set Answering:Recheck:Enabled to false.");
            }
        }

        return new SourceCheck(account.DisplayName, warnings, canAsk);
    });

    public Task<IReadOnlyList<SourceScope>> GetScopesAsync(CancellationToken cancellationToken) => _guard.RunAsync<IReadOnlyList<SourceScope>>(async () =>
    {
        var scopes = new List<SourceScope>();
        foreach (var project in await ProjectsAnewAsync(cancellationToken))
        {
            scopes.Add(new SourceScope(project.Id, project.Key, project.Name, Problem: project.Problem ?? await SchemeProblemAsync(project, cancellationToken)));
        }

        return scopes;
    });

    public async IAsyncEnumerable<ListedItem> GetChangedAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var projects = await _guard.RunAsync(() => ProjectsAsync(cancellationToken));
        foreach (var some in projects.Where(project => project.Problem is null).Chunk(100))
        {
            await foreach (var issue in _guard.RunAsync(_api.SearchAsync(some, since, cancellationToken)))
            {
                yield return ItemOf(issue);
            }
        }
    }

    public async IAsyncEnumerable<ListedItem> ListAsync(SourceScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var issue in _guard.RunAsync(_api.SearchAsync([new ProjectRef(scope.Id, scope.Key, scope.Title, false, "")], null, cancellationToken)))
        {
            yield return ItemOf(issue);
        }
    }

    public async IAsyncEnumerable<ItemReading> ReadAsync(IReadOnlyList<DocumentId> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string> ids = [.. items.Select(JiraIds.Parse).OfType<string>().Distinct()];
        var (issues, failures) = (new Dictionary<string, JiraIssue>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var fields = await _guard.RunAsync(() => _access.GetFieldsAsync([], cancellationToken));
        await _guard.RunAsync(() => FetchAsync(new IssueRequest(ids, fields), issues, failures, cancellationToken));
        var all = await _guard.RunAsync(() => _access.GetFieldsAsync(issues.Values.Select(issue => issue.Level).Where(level => level.Length > 0), cancellationToken));
        if (all.Count > fields.Count)
        {
            // A security level that was not known yet asks for fields that were not read.
            await _guard.RunAsync(() => FetchAsync(new IssueRequest([.. issues.Keys], all), issues, failures, cancellationToken));
        }

        var projects = await _guard.RunAsync(() => KnowAsync([.. issues.Values.Select(issue => issue.ProjectId)], cancellationToken));
        foreach (var item in items)
        {
            var id = JiraIds.Parse(item) ?? "";
            yield return failures.TryGetValue(id, out var failure) ? new ItemReading.Failed(item, failure)
                : !issues.TryGetValue(id, out var issue) ? new ItemReading.Gone(item, GoneReason.NotFound)
                : !projects.TryGetValue(issue.ProjectId, out var project) ? new ItemReading.Gone(item, GoneReason.OutOfScope)
                : await _guard.RunAsync(() => _documents.ReadAsync(issue, project, cancellationToken));
        }
    }

    public Task<AccessReading> ReadAccessAsync(AccessRequest request, CancellationToken cancellationToken) => _guard.RunAsync(() => _access.ReadAsync(request, cancellationToken));

    public async Task<IReadOnlyDictionary<DocumentId, bool>> MayReadAsync(string accountId, IReadOnlyList<DocumentId> documents, CancellationToken cancellationToken)
    {
        var asked = documents.Select(document => (Document: document, Id: JiraIds.Parse(document) ?? "")).Where(pair => pair.Id.Length > 0).Distinct().ToList();
        if (asked.Count == 0)
        {
            return new Dictionary<DocumentId, bool>();
        }

        List<string> ids = [.. asked.Select(pair => pair.Id).Distinct()];
        var may = await _guard.RunAsync(async () => await _api.FilterBrowsableAsync(accountId, ids, cancellationToken) ?? await CompareAsync(accountId, ids, cancellationToken));
        return asked.ToDictionary(pair => pair.Document, pair => may.Contains(pair.Id));
    }

    public void Dispose() => _access.Dispose();

    /// <summary>For sites that cannot be asked: reads the issues anew and compares with the schemes, roles and groups that are remembered.</summary>
    private async Task<IReadOnlySet<string>> CompareAsync(string accountId, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var (issues, failures) = (new Dictionary<string, JiraIssue>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        await FetchAsync(new IssueRequest(ids, await _access.GetFieldsAsync([], cancellationToken)), issues, failures, cancellationToken);
        var may = new HashSet<string>(StringComparer.Ordinal);
        foreach (var issue in issues.Values)
        {
            if (await _access.MayViewAsync(accountId, issue, cancellationToken))
            {
                may.Add(issue.Id);
            }
        }

        return may;
    }

    private ListedItem ItemOf(IssueRef issue) => new(JiraIds.Of(Name, issue.Id), issue.ProjectId, JiraDocuments.VersionOf(issue.Updated), issue.Updated);

    /// <summary>Reads issues; a batch that the site cannot give is halved until what it cannot give stands alone.</summary>
    private async Task<bool> FetchAsync(IssueRequest request, Dictionary<string, JiraIssue> issues, Dictionary<string, string> failures, CancellationToken cancellationToken)
    {
        if (request.Ids.Count == 0)
        {
            return true;
        }

        try
        {
            foreach (var issue in await _api.GetIssuesAsync(request, cancellationToken))
            {
                issues[issue.Id] = issue;
            }
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Unavailable or SourceFault.TooLarge or SourceFault.Refused)
        {
            if (request.Ids.Count == 1)
            {
                Log.Failed(_logger, Name.Value, exception.Fault);
                failures[request.Ids[0]] = $"{exception.Message} It is tried again by itself.";
                return false;
            }

            var half = request.Ids.Count / 2;
            await FetchAsync(request with { Ids = [.. request.Ids.Take(half)] }, issues, failures, cancellationToken);
            await FetchAsync(request with { Ids = [.. request.Ids.Skip(half)] }, issues, failures, cancellationToken);
        }

        return failures.Count == 0;
    }

    /// <summary>The projects that are asked for, read anew when an issue stands in one that was not there.</summary>
    private async Task<Dictionary<string, ProjectRef>> KnowAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var projects = await ProjectsAsync(cancellationToken);
        if (ids.Any(id => projects.All(project => project.Id != id)))
        {
            projects = await ProjectsAnewAsync(cancellationToken);
        }

        return projects.DistinctBy(project => project.Id).ToDictionary(project => project.Id, StringComparer.Ordinal);
    }

    /// <summary>For access too: a lead who was replaced must not be remembered as one.</summary>
    private Task<IReadOnlyList<ProjectRef>> ProjectsAnewAsync(CancellationToken cancellationToken)
    {
        _projects = null;
        return ProjectsAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ProjectRef>> ProjectsAsync(CancellationToken cancellationToken)
    {
        if (_projects is { } known && known.At + ProjectsAge > _time.GetUtcNow())
        {
            return known.Projects;
        }

        var found = await _api.GetProjectsAsync(_connection.Scopes, cancellationToken);
        var missing = _connection.Scopes.Where(key => found.All(project => project.Key != key));
        IReadOnlyList<ProjectRef> projects =
        [
            .. found, .. missing.Select(key => new ProjectRef($"?{key}", key, key, false, "", $"The project {key} cannot be read: check the key, or give the account access.")),
        ];
        _projects = (_time.GetUtcNow(), projects);
        return projects;
    }

    private async Task<string?> SchemeProblemAsync(ProjectRef project, CancellationToken cancellationToken) =>
        await MayAsync(() => _api.GetBrowsersAsync(project, cancellationToken)) ? null
            : $"The account may not see who may browse the project {project.Key}, so nobody finds anything of it: give it the permission Administer Projects or Administer Jira.";

    private async Task<bool> CanAskAsync(string accountId, CancellationToken cancellationToken)
    {
        var isAnswered = false;
        return await MayAsync(async () => isAnswered = await _api.FilterBrowsableAsync(accountId, ["1"], cancellationToken) is not null) && isAnswered;
    }

    private static async Task<bool> MayAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (SourceHttpException exception) when (exception.Fault is SourceFault.Forbidden or SourceFault.NotFound or SourceFault.Refused)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An issue of the source {Source} could not be read: {Fault}.")]
        public static partial void Failed(ILogger logger, string source, SourceFault fault);
    }
}
