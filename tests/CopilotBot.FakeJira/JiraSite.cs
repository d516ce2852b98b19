using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeJira;

/// <summary>
/// A strict Jira on a port of this machine, with one account for the bot. It offers the calls of <see cref="JiraCall"/> and nothing else, answers broken rules as Jira
/// does, and records them in <see cref="Violations"/>. Any thread may use it.
/// </summary>
public sealed class JiraSite : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private readonly JiraState _state = new();
    private readonly ViolationLog _violations = new();
    private readonly RetryRules _retries;
    private readonly MetadataApi _metadata;
    private readonly IssueApi _issues;
    private readonly SearchApi _search;
    private readonly CommentApi _comments;
    private readonly List<CallSeen> _calls = [];
    private readonly List<Fault> _faults = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JiraSite(JiraEdition edition, TimeProvider time)
    {
        (Edition, Time) = (edition, time);
        _retries = new(_violations);
        var rules = new CreateRules(_state, edition, document => DocumentFaults?.Invoke(document) ?? []);
        _metadata = new(_state, edition, () => Address);
        _issues = new(_state, rules, edition, time, () => Address);
        _search = new(_state, _issues, time);
        _comments = new(_state, _issues, rules, edition, time, () => Address);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public JiraEdition Edition { get; }

    /// <summary>The clock of the index, of times of creation and of injected delays.</summary>
    public TimeProvider Time { get; }

    public string Address => _app.Urls.Single();

    public string Email { get; } = "copilot@halvorne.example";

    public string Token { get; } = "fake-jira-token";

    /// <summary>How long an issue is not found after it was made (facts §2.1: seconds to minutes).</summary>
    public TimeSpan IndexLag
    {
        get => _search.IndexLag;
        set => _search.IndexLag = value;
    }

    /// <summary>Faults of a document by the official schema; null where that is not at hand.</summary>
    public Func<JsonNode, IReadOnlyList<string>>? DocumentFaults { get; set; }

    /// <summary>Trouble of the moment, asked about each call; null for none. What is injected goes first.</summary>
    public Func<CallSeen, FaultKind?>? Trouble { get; set; }

    /// <summary>Runs before a call acts, outside the lock.</summary>
    public Action<CallSeen>? BeforeActing { get; set; }

    /// <summary>Runs after a call acted and before it is answered: the moment at which a bot that is killed does not know what it did.</summary>
    public Func<CallSeen, Task>? BeforeAnswer { get; set; }

    public IReadOnlyList<RuleViolation> Violations => _violations.All;

    /// <summary>Every call, in the order of arrival.</summary>
    public IReadOnlyList<CallSeen> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<ShownIssue> Issues
    {
        get
        {
            lock (_gate)
            {
                return [.. _state.Issues.Select(issue => issue.Shown())];
            }
        }
    }

    public static async Task<JiraSite> StartAsync(JiraEdition edition = JiraEdition.Cloud, TimeProvider? time = null)
    {
        var site = new JiraSite(edition, time ?? TimeProvider.System);
        await site._app.StartAsync();
        return site;
    }

    /// <summary>A project without types.</summary>
    public void AddProject(string key, string name) => Change(() => _state.Projects.Add(new ProjectState(_state.NextId(), key, name)));

    /// <returns>The id of the type.</returns>
    public string AddType(string project, string name, IReadOnlyList<JiraField> fields, bool isSubtask = false)
    {
        var id = "";
        Change(() =>
        {
            id = _state.NextId();
            _state.Project(project)!.Types.Add(new TypeState(id, name, isSubtask, fields)); // a test names one that is there
        });
        return id;
    }

    /// <returns>The account id, on Data Center the user name.</returns>
    public string AddUser(string name, string email, bool isActive = true)
    {
        var user = new UserState($"5b10a2844c20165700ed{name.Length:x4}{Math.Abs(email.GetHashCode(StringComparison.Ordinal)):x8}", email.Split('@')[0], name, email, isActive);
        Change(() => _state.Users.Add(user));
        return Edition == JiraEdition.Cloud ? user.AccountId : user.Name;
    }

    /// <summary>An issue that somebody else made, at once in the index of tests without lag.</summary>
    /// <returns>Its key.</returns>
    public string AddIssue(string project, string summary, params string[] labels)
    {
        var key = "";
        Change(() =>
        {
            var owner = _state.Project(project)!; // a test names one that is there
            var fields = new JsonObject { ["summary"] = summary, ["labels"] = new JsonArray([.. labels.Select(label => JsonValue.Create(label))]) };
            key = _state.Add(owner, owner.Types[0].Id, fields, Time.GetUtcNow()).Key;
        });
        return key;
    }

    /// <summary>A comment of somebody else.</summary>
    public void AddComment(string key, string text) => Change(() => _state.Issue(key)!.Comments.Add(new CommentState(_state.NextId(), Edition == JiraEdition.Cloud // a test names one that is there
        ? new JsonObject { ["type"] = "doc", ["version"] = 1, ["content"] = new JsonArray(new JsonObject { ["type"] = "paragraph", ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) }) }
        : JsonValue.Create(text), Time.GetUtcNow())));

    /// <summary>Somebody else moves an issue.</summary>
    public void Move(string key, string status) => Change(() => _state.Issue(key)!.Status = status); // a test names one that is there

    /// <summary>New issues with a value in the field are refused from now on, as by a validator of the workflow; create metadata say nothing of it.</summary>
    public void Refuse(string field, string message) => Change(() => _issues.Validators[field] = message);

    /// <summary>No page is longer, however much is asked for.</summary>
    public void SetLongestPage(int entries) => Change(() => _metadata.MostOfAPage = _search.MostOfAPage = _comments.MostOfAPage = entries);

    public void Inject(Fault fault) => Change(() => _faults.Add(fault));

    /// <summary>Waits until the condition holds; it is looked at after every change. The limit is real time, whatever clock the site has.</summary>
    /// <exception cref="TimeoutException">It did not come to hold in time.</exception>
    public async Task WaitForAsync(Func<JiraSite, bool> condition, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ends.CancelAfter(limit);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
            }

            if (condition(this))
            {
                return;
            }

            try
            {
                await changed.WaitAsync(ends.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The condition did not hold within {limit}. Calls: {string.Join(", ", Calls)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var call = new CallSeen(http.Request.Method, http.Request.Path.Value ?? "", query, body, Edition, Time.GetUtcNow());
        FaultKind? fault = null;
        Change(() =>
        {
            _calls.Add(call);
            _retries.Check(call);
            fault = _faults.Find(one => one.Takes(call))?.Kind ?? Trouble?.Invoke(call);
        });
        if (fault is { AfterActing: false } && await FailAsync(http, call, fault))
        {
            return;
        }

        BeforeActing?.Invoke(call);
        Outcome? outcome = null;
        Change(() => outcome = Act(call, http.Request));
        await (BeforeAnswer?.Invoke(call) ?? Task.CompletedTask);
        if (fault is { AfterActing: true } && await FailAsync(http, call, fault))
        {
            return;
        }

        await AnswerAsync(http, call, outcome!, isCut: fault is FaultKind.Truncated); // acted
    }

    /// <summary>False where the call is answered after all.</summary>
    private async Task<bool> FailAsync(HttpContext http, CallSeen call, FaultKind fault)
    {
        switch (fault)
        {
            case FaultKind.Status status:
                if (status.RetryAfter is { } wait)
                {
                    http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                    Change(() => _retries.Remember(call, wait, Time.GetUtcNow()));
                }

                await AnswerAsync(http, call, Outcome.Error(status.Code, "Injected."), isCut: false);
                return true;
            case FaultKind.DropConnection:
                Change(() => call.Status = 0);
                http.Abort();
                return true;
            case FaultKind.Slow slow:
                await Task.Delay(slow.Time, Time, _stopping.Token); // the fault itself, on the test's clock
                return false;
            case FaultKind.Truncated:
                return false;
            default:
                throw new InvalidOperationException($"Unknown fault {fault}.");
        }
    }

    private async Task AnswerAsync(HttpContext http, CallSeen call, Outcome outcome, bool isCut)
    {
        Change(() => (call.Status, call.Answer) = (outcome.Status, outcome.Body));
        http.Response.StatusCode = outcome.Status;
        if (outcome.Body is not null)
        {
            var json = outcome.Body.ToJsonString();
            http.Response.ContentType = "application/json;charset=UTF-8";
            await http.Response.WriteAsync(isCut ? json[..(json.Length / 2)] : json, http.RequestAborted);
        }
    }

    private Outcome Act(CallSeen call, HttpRequest request)
    {
        try
        {
            CheckRequest(call, request);
            return Dispatch(call);
        }
        catch (RuleException broken)
        {
            _violations.Add(broken.Violation);
            return broken.Outcome;
        }
    }

    private void CheckRequest(CallSeen call, HttpRequest request)
    {
        var expected = Edition == JiraEdition.Cloud ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Email}:{Token}"))}" : $"Bearer {Token}";
        if (request.Headers.Authorization != expected)
        {
            throw RuleException.Of("authorization", "§1.8", "Client must be authenticated to access this resource.", 401);
        }

        if (call.Call == JiraCall.Unknown)
        {
            throw call.Path.EndsWith("/rest/api/3/search", StringComparison.Ordinal)
                ? RuleException.Of("search-gone", "§0.5", "The requested API has been removed.", 410)
                : RuleException.Of("path", "jira-cloud-api.json", $"{call.Method} {call.Path} is no call of this Jira", 404);
        }

        if (call.Method == "POST" && request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
        {
            throw RuleException.Of("media-type", "jira-cloud-api.json", "Unsupported Media Type", 415);
        }
    }

    private Outcome Dispatch(CallSeen call) => call.Call switch
    {
        JiraCall.GetProject => _metadata.GetProject(call.Parts[1]),
        JiraCall.GetTypes => _metadata.GetTypes(call.Parts[2], call.Query),
        JiraCall.GetFields => _metadata.GetFields(call.Parts[2], call.Parts[4], call.Query),
        JiraCall.Create => _issues.CreateIssue(BodyOf(call)),
        JiraCall.GetIssue => _issues.Get(call.Parts[1], call.Query.GetValueOrDefault("fields")),
        JiraCall.GetProperty => _issues.GetProperty(call.Parts[1], call.Parts[3]),
        JiraCall.Search => Edition == JiraEdition.Cloud ? _search.Search(BodyOf(call)) : _search.Search(call.Query),
        JiraCall.GetComments => _comments.GetComments(call.Parts[1], call.Query),
        JiraCall.AddComment => _comments.AddComment(call.Parts[1], BodyOf(call)),
        JiraCall.ListComments => _comments.ListComments(BodyOf(call), call.Query.GetValueOrDefault("expand")),
        JiraCall.GetTransitions => _issues.GetTransitions(call.Parts[1]),
        JiraCall.Transition => _issues.Transition(call.Parts[1], BodyOf(call)),
        JiraCall.FindAssignable => _metadata.FindAssignable(call.Query),
        _ => throw new InvalidOperationException($"Unknown call {call.Call}."),
    };

    private static JsonObject BodyOf(CallSeen call)
    {
        try
        {
            return JsonNode.Parse(call.Body) as JsonObject ?? throw RuleException.Of("body", "jira-cloud-api.json", "The body is no JSON object");
        }
        catch (System.Text.Json.JsonException)
        {
            throw RuleException.Of("body", "jira-cloud-api.json", "The body is no JSON");
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
