using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CopilotBot.FakeTeams;

/// <summary>
/// A strict Bot Connector of Microsoft Teams on a port of this machine, for one bot and one tenant. It offers the calls of facts §1.8 and nothing else, answers
/// broken rules as the service does, and records them in <see cref="Violations"/>, also those that the service lets through. Any thread may use it.
/// </summary>
public sealed class FakeConnector : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private readonly TeamsDirectory _directory;
    private readonly StreamBook _streams;
    private readonly RetryRules _retries;
    private readonly Switchboard _switchboard;
    private readonly ViolationLog _violations = new();
    private readonly List<CallSeen> _calls = [];
    private readonly List<Fault> _faults = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeConnector(TimeProvider time, string appId)
    {
        (Time, BotAppId) = (time, appId);
        _directory = new(time, TenantId);
        _streams = new(time);
        _retries = new(time, _violations);
        _switchboard = new(new(time, _directory, _streams, _violations, BotId, TenantId), new(time, _directory, _violations), _violations);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>What inbound activities name as <c>serviceUrl</c>; ends with a slash, as the real ones do.</summary>
    public string ServiceUrl => $"{_app.Urls.Single()}{ConnectorRoute.BasePath}";

    public string TenantId { get; } = "3f2a7c10-0000-4000-8000-000000000001";

    public string BotAppId { get; }

    /// <summary>The bot as the sender and the receiver of activities.</summary>
    public string BotId => $"28:{BotAppId}";

    public string BotName { get; set; } = "Copilot";

    /// <summary>The clock of limits, streams, ids and injected delays.</summary>
    public TimeProvider Time { get; }

    /// <summary>Judges the Authorization header; all are let in by default, as a Playground does (facts §1.4).</summary>
    public Func<string?, bool> Authorize { get; set; } = _ => true;

    /// <summary>Whether a 429 tells when to come again; the service does not promise it (facts §1.7).</summary>
    public bool SendsRetryAfter { get; set; }

    /// <summary>Runs before a call acts, outside the lock.</summary>
    public Func<CallSeen, Task>? BeforeActing { get; set; }

    /// <summary>Runs after a call acted and before it is answered: the moment at which a bot that is killed does not know what it did.</summary>
    public Func<CallSeen, Task>? BeforeAnswer { get; set; }

    /// <summary>Broken rules, oldest first.</summary>
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

    public static async Task<FakeConnector> StartAsync(TimeProvider? time = null, string appId = "5c0f1de1-4b1d-4e55-9a3c-0c0b07000001")
    {
        var connector = new FakeConnector(time ?? TimeProvider.System, appId);
        await connector._app.StartAsync();
        return connector;
    }

    /// <param name="role">user or guest.</param>
    /// <param name="hasApp">Whether the app is installed for the person; without it a personal chat is refused with 403.</param>
    public TeamsUser AddUser(string name, string? email = null, string role = "user", bool hasAadObjectId = true, bool hasApp = true) =>
        Change(() => _directory.AddUser(name, email, role, hasAadObjectId, hasApp));

    public TeamsConversation AddPersonalChat(TeamsUser user) => Change(() => _directory.PersonalChat(user));

    public TeamsConversation AddGroupChat(params TeamsUser[] members) => Change(() => _directory.AddGroupChat(null, members));

    /// <summary>A team with its General channel.</summary>
    public TeamsTeam AddTeam(string name, params TeamsUser[] members) => Change(() => _directory.AddTeam(name, members));

    /// <param name="members">Of a private channel; the team's where none are named.</param>
    public TeamsConversation AddChannel(TeamsTeam team, string name, params TeamsUser[] members) =>
        Change(() => _directory.AddChannel(team, name, members.Length == 0 ? team.Members : members));

    /// <summary>Null for an id that leads nowhere; a thread id leads somewhere once its root is posted.</summary>
    public TeamsConversation? FindConversation(string id) => Change(() => _directory.Find(id));

    /// <summary>Puts the app into the chat or the team, or takes it out: 403 from then on.</summary>
    public void SetInstalled(TeamsConversation conversation, bool isInstalled) => Change(() =>
    {
        if (conversation.Kind == ConversationKind.Personal)
        {
            _directory.SetApp(conversation.Members[0], isInstalled);
        }

        return conversation.Whole.HasBot = isInstalled;
    });

    /// <summary>The person blocks the bot: 403 MessageWritesBlocked (facts §1.7).</summary>
    public void Block(TeamsConversation conversation) => Change(() => conversation.Whole.IsBlocked = true);

    public void Unblock(TeamsConversation conversation) => Change(() => conversation.Whole.IsBlocked = false);

    /// <summary>The person presses stop: the next request of the stream is answered 403 (facts §3.3).</summary>
    public void CancelStream(string streamId) => Change(() => (_streams.Find(streamId) ?? throw new ArgumentException("There is no such stream.", nameof(streamId))).IsCancelled = true);

    public void Inject(Fault fault) => Change(() =>
    {
        _faults.Add(fault);
        return fault;
    });

    /// <summary>Messages of a conversation in posting order, deleted ones included: of a channel all of its threads, of a thread its root too.</summary>
    public IReadOnlyList<ShownMessage> Messages(string conversationId)
    {
        lock (_gate)
        {
            return _directory.Find(conversationId) is { } conversation
                ? [.. conversation.Posted.Where(message => conversation.RootId is null || message.ConversationId == conversationId).Select(message => message.Shown())]
                : [];
        }
    }

    public IReadOnlyList<ShownMessage> Messages(TeamsConversation conversation) => Messages(conversation.Id);

    /// <summary>Null for an id that no message has.</summary>
    public ShownMessage? FindMessage(string id)
    {
        lock (_gate)
        {
            return _directory.FindMessage(id)?.Shown();
        }
    }

    /// <summary>Waits until the condition holds; it is looked at after every change. The limit is real time, whatever clock the connector has.</summary>
    /// <exception cref="TimeoutException">It did not come to hold in time.</exception>
    public async Task WaitForAsync(Func<FakeConnector, bool> condition, TimeSpan limit, CancellationToken cancellationToken = default)
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
                throw new TimeoutException($"The condition did not hold within {limit}. Calls: {string.Join(", ", Calls.Select(call => $"{call.Operation} {call.Status}"))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    internal string NextMessageId() => Change(_directory.NextMessageId);

    internal void Record(RuleViolation violation)
    {
        _violations.Add(violation);
        Signal();
    }

    /// <summary>What a person posts is seen before the bot is told of it.</summary>
    internal ShownMessage PostByPerson(TeamsConversation conversation, TeamsUser author, Func<string, string, JsonElement> activity) => Change(() =>
    {
        var message = _directory.Post(conversation, author.Id, isBot: false);
        message.Show(activity(message.Id, message.ConversationId), Time.GetUtcNow());
        return message.Shown();
    });

    internal void ChangeByPerson(string messageId, JsonElement? version, bool isDeleted) => Change(() =>
    {
        var message = _directory.FindMessage(messageId)!;
        message.IsDeleted = isDeleted;
        if (version is { } shown)
        {
            message.Show(shown, Time.GetUtcNow());
        }

        return message;
    });

    internal void SetMembers(TeamsConversation conversation, IEnumerable<TeamsUser> members) => Change(() =>
    {
        conversation.SetMembers(members);
        return conversation;
    });

    /// <summary>The bot is told something of the conversation, so it may try again what was refused there.</summary>
    internal void Reopen(string conversationId) => Change(() =>
    {
        _retries.Forget(conversationId);
        return conversationId;
    });

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var authorization = http.Request.Headers.Authorization is [var header] ? header : null;
        var call = new CallSeen(http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, body, authorization, Time.GetUtcNow());
        var fault = Change(() =>
        {
            _calls.Add(call);
            _retries.Check(call);
            return _faults.Find(one => one.Takes(call))?.Kind;
        });
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        try
        {
            await HandleAsync(http, call, fault, leaves.Token);
        }
        catch (OperationCanceledException) when (leaves.IsCancellationRequested)
        {
            Change(() => call.Status = 0);
            http.Abort();
        }
    }

    private async Task HandleAsync(HttpContext http, CallSeen call, FaultKind? fault, CancellationToken cancellationToken)
    {
        if (!Authorize(call.Authorization))
        {
            await AnswerAsync(http, call, Outcome.Error(401, "Unauthorized", "Authorization has been denied for this request."), TimeSpan.Zero, cancellationToken);
            return;
        }

        if (fault is { AfterActing: false } && await FailAsync(http, call, fault, cancellationToken))
        {
            return;
        }

        await (BeforeActing?.Invoke(call) ?? Task.CompletedTask);
        var outcome = Change(() => _switchboard.Act(call, http.Request.ContentType));
        await (BeforeAnswer?.Invoke(call) ?? Task.CompletedTask);
        if (fault is { AfterActing: true } && await FailAsync(http, call, fault, cancellationToken))
        {
            return;
        }

        await AnswerAsync(http, call, outcome, fault is FaultKind.SlowBody slow ? slow.Time : TimeSpan.Zero, cancellationToken);
    }

    /// <summary>False where the call is answered after all.</summary>
    private async Task<bool> FailAsync(HttpContext http, CallSeen call, FaultKind fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case FaultKind.Status status:
                var outcome = Outcome.Error(status.Code, status.ErrorCode, "Injected.", status.RetryAfter);
                await AnswerAsync(http, call, outcome, TimeSpan.Zero, cancellationToken, isRetryAfterSent: true);
                return true;
            case FaultKind.DropConnection:
                Change(() =>
                {
                    _retries.Remember(call, 0, null);
                    return call.Status = 0;
                });
                http.Abort();
                return true;
            case FaultKind.Hang hang:
                await Task.Delay(hang.Time, Time, cancellationToken); // the fault itself, on the test's clock
                return false;
            case FaultKind.SlowBody:
                return false;
            default:
                throw new InvalidOperationException($"Unknown fault {fault}.");
        }
    }

    private async Task AnswerAsync(HttpContext http, CallSeen call, Outcome outcome, TimeSpan pause, CancellationToken cancellationToken, bool isRetryAfterSent = false)
    {
        var retryAfter = outcome.RetryAfter is { } wait && (SendsRetryAfter || isRetryAfterSent) ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) : (TimeSpan?)null;
        Change(() =>
        {
            _retries.Remember(call, outcome.Status, retryAfter);
            return call.Status = outcome.Status;
        });
        http.Response.Headers["MS-CV"] = $"fake.{call.At.ToUnixTimeMilliseconds()}";
        await outcome.WriteAsync(http.Response, retryAfter, pause, Time, cancellationToken);
    }

    private T Change<T>(Func<T> change)
    {
        T result;
        lock (_gate)
        {
            result = change();
        }

        Signal();
        return result;
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
