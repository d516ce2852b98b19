using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeJiraReading;

/// <summary>
/// The reading side of a strict Jira on a port of this machine, with one account that crawls and sees everything. What the real site refuses is refused and recorded
/// in <see cref="Violations"/>. Any thread may use it.
/// </summary>
public sealed partial class JiraReadingSite : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly JiraState _state = new();
    private readonly ViolationLog _violations = new();
    private readonly Evaluator _evaluator;
    private readonly Router _router;
    private readonly List<CallSeen> _calls = [];
    private readonly List<Fault> _faults = [];

    private JiraReadingSite(JiraEdition edition, TimeProvider time)
    {
        (Edition, Time) = (edition, time);
        _evaluator = new(_state);
        _router = new(this, _state, _evaluator);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public JiraEdition Edition { get; }

    /// <summary>The clock of changes and of what the search knows.</summary>
    public TimeProvider Time { get; }

    public string Address => _app.Urls.Single();

    public string Email { get; } = "copilot@halvorne.example";

    public string Token { get; } = "fake-jira-token";

    /// <summary>How late the search knows of a change (facts §2.1); issues asked for by id are always current on Cloud.</summary>
    public TimeSpan IndexLag { get; set; }

    /// <summary>Entries on one page at the most, whatever is asked for.</summary>
    public int LongestPage { get; set; } = int.MaxValue;

    /// <summary>Ids of issues that a bulk fetch cannot give for the moment.</summary>
    public IReadOnlyList<string> FailingIssues { get; set; } = [];

    /// <summary>Whether a project's scheme comes without its permissions, which then have a call of their own.</summary>
    public bool HasBareSchemes { get; set; }

    /// <summary>Trouble of the moment, asked about each call; null for none. What is injected goes first.</summary>
    public Func<CallSeen, FaultKind?>? Trouble { get; set; }

    /// <summary>Runs before a call acts, outside the lock: the place for edits during a walk.</summary>
    public Action<CallSeen>? BeforeActing { get; set; }

    /// <summary>Whether answers are kept in <see cref="Calls"/>; they take memory.</summary>
    public bool KeepsAnswers { get; set; }

    public IReadOnlyList<RuleViolation> Violations => _violations.All;

    /// <summary>Every call, in the order of arrival.</summary>
    public IReadOnlyList<CallSeen> Calls => Read(() => _calls.ToList());

    public static async Task<JiraReadingSite> StartAsync(JiraEdition edition, TimeProvider time)
    {
        var site = new JiraReadingSite(edition, time);
        await site._app.StartAsync();
        return site;
    }

    public void Inject(Fault fault) => Change(() => _faults.Add(fault));

    /// <summary>Whether the person may see an issue that is there.</summary>
    public bool CanView(string accountId, string issueId) => Read(() => _state.FindIssue(issueId) is { } issue && _evaluator.CanView(accountId, issue));

    public bool CanViewAnonymously(string issueId) => Read(() => _state.FindIssue(issueId) is { } issue && _evaluator.CanView(null, issue));

    /// <summary>Whether the person may see a comment that is there.</summary>
    public bool CanViewComment(string accountId, string commentId) => Read(() => FindComment(commentId) is { } comment && _evaluator.CanView(accountId, comment));

    public bool CanViewCommentAnonymously(string commentId) => Read(() => FindComment(commentId) is { } comment && _evaluator.CanView(null, comment));

    /// <summary>Whether a comment is there and not everybody who may see the issue may see it.</summary>
    public bool IsNarrow(string commentId) =>
        Read(() => FindComment(commentId) is { } comment && (comment.Reach is not null || (!comment.IsPublic && comment.Issue.Project.Type == "service_desk")));

    /// <summary>Whether the person may see a file that is there, by the comment that it was added in.</summary>
    public bool CanViewAttachment(string accountId, string attachmentId) =>
        Read(() => _state.Issues.Values.Any(issue => issue.Files.Exists(file => file.Id == attachmentId && (_evaluator.CanView(accountId, issue, file) || _evaluator.CanView(null, issue, file)))));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private CommentState? FindComment(string id) => _state.Comments.FirstOrDefault(comment => comment.Id == id);

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var query = http.Request.Query.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => [.. pair.Value.Select(value => value ?? "")], StringComparer.Ordinal);
        var call = new CallSeen(http.Request.Method, http.Request.Path.Value ?? "", query, body, Time.GetUtcNow());
        FaultKind? fault = null;
        Change(() =>
        {
            _calls.Add(call);
            fault = _faults.Find(one => one.Takes(call))?.Kind ?? Trouble?.Invoke(call);
        });
        if (fault is FaultKind.DropConnection)
        {
            call.Status = 0;
            http.Abort();
            return;
        }

        BeforeActing?.Invoke(call);
        await AnswerAsync(http, call, fault is FaultKind.Status status ? Fail(http, status) : Read(() => Act(call, http.Request)), isCut: fault is FaultKind.Truncated);
    }

    private static Outcome Fail(HttpContext http, FaultKind.Status status)
    {
        if (status.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (status.Reason is not null)
        {
            http.Response.Headers["RateLimit-Reason"] = status.Reason;
        }

        return Outcome.Error(status.Code, "Injected.");
    }

    private async Task AnswerAsync(HttpContext http, CallSeen call, Outcome outcome, bool isCut)
    {
        (call.Status, call.Answer) = (outcome.Status, KeepsAnswers || outcome.Status >= 400 ? outcome.Body : null);
        http.Response.StatusCode = outcome.Status;
        if (outcome.Redirect is not null)
        {
            http.Response.Headers.Location = outcome.Redirect;
        }

        if (outcome.Bytes is not null)
        {
            await http.Response.Body.WriteAsync(outcome.Bytes, http.RequestAborted);
        }
        else if (outcome.Body is not null)
        {
            var json = outcome.Body.ToJsonString();
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(isCut ? json[..(json.Length / 2)] : json, http.RequestAborted);
        }
    }

    private Outcome Act(CallSeen call, HttpRequest request)
    {
        try
        {
            return _router.Answer(call, request.Headers.Authorization.ToString());
        }
        catch (RuleException broken)
        {
            if (broken.Violation is not null)
            {
                _violations.Add(broken.Violation);
            }

            return broken.Outcome;
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
