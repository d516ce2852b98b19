using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CopilotBot.FakeConfluence;

/// <summary>
/// A strict Confluence on a port of this machine, with a second port that files are kept on. It offers what a reader needs and nothing else, refuses what the real
/// one refuses, and records that in <see cref="Violations"/>. The account that reads sees all of it.
/// </summary>
public sealed partial class WikiSite : IAsyncDisposable
{
    private const string GatewayPrefix = "/ex/confluence/cloud-1";

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private readonly WebApplication _files;
    private readonly World _world = new();
    private readonly List<CallSeen> _calls = [];
    private readonly List<RuleViolation> _violations = [];
    private readonly Func<CallSeen, Outcome> _api;

    private WikiSite(ConfluenceEdition edition, TimeProvider time)
    {
        (Edition, Time) = (edition, time);
        if (edition == ConfluenceEdition.Cloud)
        {
            var (v2, v1) = (new CloudV2(_world, this), new CloudV1(_world, this));
            _api = call => call.Path.StartsWith("/wiki/api/v2/", StringComparison.Ordinal) ? v2.Answer(call) : v1.Answer(call);
        }
        else
        {
            _api = new DataCenterV1(_world, this).Answer;
        }

        _app = Build(HandleAsync);
        _files = Build(HandFileAsync);
    }

    public ConfluenceEdition Edition { get; }

    public TimeProvider Time { get; }

    public string Address => _app.Urls.Single();

    /// <summary>Where tokens with scopes and OAuth are taken, and deprecated calls answer 410 (facts §0.6).</summary>
    public string Gateway => Address + GatewayPrefix;

    public string Email { get; } = "copilot@halvorne.example";

    public string Token { get; } = "fake-confluence-token";

    /// <summary>Trouble of the moment, asked about each call; null for none.</summary>
    public Func<CallSeen, Fault?>? Trouble { get; set; }

    /// <summary>Runs before a call acts, outside the lock: for edits during a walk.</summary>
    public Action<CallSeen>? BeforeActing { get; set; }

    /// <summary>The search does not show what was added since then; null where it shows all (facts §1.3).</summary>
    public DateTimeOffset? IndexedUntil { get; set; }

    /// <summary>Permissions of spaces are told as roles (facts §1.6).</summary>
    public bool HasRoles { get; set; }

    /// <summary>The account lost its rights: permissions of spaces are empty (facts §1.6).</summary>
    public bool IsBlind { get; set; }

    /// <summary>Entries on a page at most, however many are asked for.</summary>
    public int LongestPage { get; set; } = int.MaxValue;

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

    public IReadOnlyList<RuleViolation> Violations
    {
        get
        {
            lock (_gate)
            {
                return [.. _violations];
            }
        }
    }

    internal string Files => _files.Urls.Single();

    public static async Task<WikiSite> StartAsync(ConfluenceEdition edition = ConfluenceEdition.Cloud, TimeProvider? time = null)
    {
        var site = new WikiSite(edition, time ?? TimeProvider.System);
        await site._app.StartAsync();
        await site._files.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        await _files.DisposeAsync();
        _stopping.Dispose();
    }

    private static WebApplication Build(RequestDelegate handle)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(handle);
        return app;
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var path = http.Request.Path.Value ?? "";
        var isOnGateway = path.StartsWith(GatewayPrefix + "/", StringComparison.Ordinal);
        var call = new CallSeen(http.Request.Method, isOnGateway ? path[GatewayPrefix.Length..] : path, http.Request.Query, body, isOnGateway);
        Change(_ => _calls.Add(call));
        var fault = Trouble?.Invoke(call);
        if (await FailAsync(http, call, fault))
        {
            return;
        }

        BeforeActing?.Invoke(call);
        var outcome = Change(_ => Act(call, http.Request));
        await AnswerAsync(http, call, outcome, fault);
    }

    /// <summary>False where the call is answered after all.</summary>
    private async Task<bool> FailAsync(HttpContext http, CallSeen call, Fault? fault)
    {
        switch (fault)
        {
            case Fault.Status status:
                foreach (var (name, value) in status.Headers)
                {
                    http.Response.Headers[name] = value;
                }

                call.Status = http.Response.StatusCode = status.Code;
                return true;
            case Fault.Drop:
                call.Status = 0;
                http.Abort();
                return true;
            case Fault.Slow slow:
                await Task.Delay(slow.Time, Time, _stopping.Token); // the fault itself, on the test's clock
                return false;
            default:
                return false;
        }
    }

    private async Task AnswerAsync(HttpContext http, CallSeen call, Outcome outcome, Fault? fault)
    {
        call.Status = http.Response.StatusCode = outcome.Status;
        if (outcome.Location is { } location)
        {
            http.Response.Headers.Location = location;
        }

        if (outcome.Body is { } node)
        {
            if (fault is Fault.SamePage && node["_links"] is { } links)
            {
                links["next"] = call.Path + http.Request.QueryString;
            }

            call.Answer = node.ToJsonString();
            http.Response.ContentType = MediaTypeNames.Application.Json;
            await http.Response.WriteAsync(fault is Fault.Truncate ? call.Answer[..(call.Answer.Length / 2)] : call.Answer, http.RequestAborted);
        }
    }

    private Outcome Act(CallSeen call, HttpRequest request)
    {
        try
        {
            CheckCredential(call, request);
            return _api(call);
        }
        catch (RuleException broken)
        {
            _violations.Add(broken.Violation);
            return Outcome.Error(broken.Status, broken.Message);
        }
        catch (NotThereException nothing)
        {
            return Outcome.Error(nothing.Status, nothing.Message);
        }
    }

    /// <summary>Basic on Cloud, a bearer token on Data Center (facts §1.8).</summary>
    private void CheckCredential(CallSeen call, HttpRequest request)
    {
        var expected = Edition == ConfluenceEdition.Cloud ? $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Email}:{Token}"))}" : $"Bearer {Token}";
        if (request.Headers.Authorization != expected)
        {
            throw new RuleException("authorization", "§1.8", $"{call.Path} was called without the token.", 401);
        }
    }

    /// <summary>The place that downloads are sent to: another host, which a credential must not reach (facts §1.10).</summary>
    private async Task HandFileAsync(HttpContext http)
    {
        var id = (http.Request.Path.Value ?? "").TrimStart('/');
        if (http.Request.Headers.Authorization.Count > 0)
        {
            Change(_ => _violations.Add(new RuleViolation("credential-abroad", "§1.10", "The credential was sent to another host.")));
            http.Response.StatusCode = 400;
            return;
        }

        var bytes = Change(world => world.Attachments.GetValueOrDefault(id)?.Bytes);
        http.Response.StatusCode = bytes is null ? 404 : 200;
        await http.Response.Body.WriteAsync(bytes ?? [], http.RequestAborted);
    }

    private void Change(Action<World> change)
    {
        lock (_gate)
        {
            change(_world);
        }
    }

    private T Change<T>(Func<World, T> change)
    {
        lock (_gate)
        {
            return change(_world);
        }
    }
}
