using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeConfluence;

/// <summary>
/// A strict Confluence on a port of this machine, with one account that crawls. What the real site refuses is refused and recorded in <see cref="Violations"/>. Any
/// thread may use it.
/// </summary>
public sealed partial class ConfluenceSite : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private readonly ConfluenceState _state = new();
    private readonly SiteSwitches _switches = new();
    private readonly ViolationLog _violations = new();
    private readonly MediaHost _media;
    private readonly Evaluator _evaluator;
    private readonly Router _router;
    private readonly List<CallSeen> _calls = [];
    private readonly List<Fault> _faults = [];

    private ConfluenceSite(ConfluenceEdition edition, TimeProvider time)
    {
        (Edition, Time) = (edition, time);
        _evaluator = new(_state, () => _switches.IsOpenToAnyone);
        _media = new(BytesOf, _violations);
        _router = new(this, _state, _switches, _evaluator, _media);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public ConfluenceEdition Edition { get; }

    /// <summary>The clock of versions, of "now" in searches and of injected delays.</summary>
    public TimeProvider Time { get; }

    /// <summary>Without /wiki.</summary>
    public string Address => _app.Urls.Single();

    public string CloudId { get; } = "8f1d2c3b-0000-4000-8000-00000000c0de";

    /// <summary>Where scoped tokens work (facts §1.8).</summary>
    public string GatewayAddress => $"{Address}/ex/confluence/{CloudId}";

    public string Email { get; } = "copilot@halvorne.example";

    public string Token { get; } = "fake-confluence-token";

    /// <summary>Trouble of the moment, asked about each call; null for none. What is injected goes first.</summary>
    public Func<CallSeen, FaultKind?>? Trouble { get; set; }

    /// <summary>Runs before a call acts, outside the lock: the place for edits during a walk.</summary>
    public Action<CallSeen>? BeforeActing { get; set; }

    /// <summary>Whether answers are kept in <see cref="Calls"/>; they take memory.</summary>
    public bool KeepsAnswers { get; set; }

    public IReadOnlyList<RuleViolation> Violations => _violations.All;

    /// <summary>Every call, in the order of arrival.</summary>
    public IReadOnlyList<CallSeen> Calls => Read(() => _calls.ToList());

    internal DateTimeOffset Now => Time.GetUtcNow() + _switches.ClockSkew;

    public static async Task<ConfluenceSite> StartAsync(ConfluenceEdition edition, TimeProvider time)
    {
        var site = new ConfluenceSite(edition, time);
        await site._media.StartAsync();
        await site._app.StartAsync();
        return site;
    }

    public void Set(Action<SiteSwitches> change) => Change(() => change(_switches));

    public void Inject(Fault fault) => Change(() => _faults.Add(fault));

    /// <summary>Whether somebody may view a page, blog post, folder, comment or attachment now.</summary>
    public bool CanView(string accountId, string contentId) => Read(() => _evaluator.CanView(accountId, contentId));

    public bool CanViewAnonymously(string contentId) => Read(() => _evaluator.CanView(null, contentId));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        await _media.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var query = http.Request.Query.ToDictionary(pair => pair.Key, IReadOnlyList<string> (pair) => [.. pair.Value.Select(value => value ?? "")], StringComparer.Ordinal);
        var call = new CallSeen(http.Request.Method, http.Request.Path.Value ?? "", query, body, Now);
        FaultKind? fault = null;
        Change(() =>
        {
            _calls.Add(call);
            fault = _faults.Find(one => one.Takes(call))?.Kind ?? Trouble?.Invoke(call);
        });
        if (fault is not null && await FailAsync(http, call, fault))
        {
            return;
        }

        BeforeActing?.Invoke(call);
        var outcome = Read(() => Act(call, http.Request));
        await AnswerAsync(http, call, fault is null ? outcome : PagingFaults.Apply(fault, outcome), isCut: fault is FaultKind.Truncated);
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
                }

                if (status.Reason is not null)
                {
                    http.Response.Headers["RateLimit-Reason"] = status.Reason;
                }

                await AnswerAsync(http, call, Outcome.Error(status.Code, "Injected."), isCut: false);
                return true;
            case FaultKind.DropConnection:
                call.Status = 0;
                http.Abort();
                return true;
            case FaultKind.Slow slow:
                await Task.Delay(slow.Time, Time, _stopping.Token); // the fault itself, on the test's clock
                return false;
            default:
                return false;
        }
    }

    private async Task AnswerAsync(HttpContext http, CallSeen call, Outcome outcome, bool isCut)
    {
        (call.Status, call.Answer) = (outcome.Status, KeepsAnswers || outcome.Status >= 400 ? outcome.Body : null);
        http.Response.StatusCode = outcome.Status;
        if (outcome.Redirect is not null)
        {
            http.Response.Headers.Location = outcome.Redirect;
        }

        if (outcome.Next is not null)
        {
            http.Response.Headers.Link = $"<{outcome.Next}>; rel=\"next\", <{Address}/wiki>; rel=\"base\"";
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

    private byte[]? BytesOf(string id) => Read(() => _state.Attachments.GetValueOrDefault(id)?.Bytes);

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
