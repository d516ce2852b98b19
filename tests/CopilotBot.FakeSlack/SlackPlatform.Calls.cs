using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CopilotBot.FakeSlack;

/// <content>What the bot asks for.</content>
public sealed partial class SlackPlatform
{
    private async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Path == SocketHub.Path)
        {
            await _sockets.AcceptAsync(http, _stopping.Token);
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var authorization = http.Request.Headers.Authorization is [var header] ? header : null;
        var path = http.Request.Path.Value ?? "";
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var method = path.StartsWith(ApiPath, StringComparison.Ordinal) ? path[ApiPath.Length..] : path.StartsWith(ResponsePath, StringComparison.Ordinal) ? CallSeen.ResponseUrl : path;
        var call = new CallSeen(method, target, body, http.Request.ContentType, authorization, Time.GetUtcNow());
        var fault = Change(() =>
        {
            _calls.Add(call);
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
        if (fault is { AfterActing: false } && await FailAsync(http, call, fault, cancellationToken))
        {
            return;
        }

        await (BeforeActing?.Invoke(call) ?? Task.CompletedTask);
        var outcome = Change(() => call.Method == CallSeen.ResponseUrl
            ? _responses.Post(http.Request.Path.Value![ResponsePath.Length..], call) // the method says that it begins so
            : _api.Act(call, http.Request.Method));
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
            case FaultKind.Status { Code: 429 } limited:
                var wait = limited.RetryAfter ?? TimeSpan.FromSeconds(1);
                Change(() =>
                {
                    _api.Tell(call, wait);
                    return call;
                });
                await AnswerAsync(http, call, Outcome.Limited(wait), TimeSpan.Zero, cancellationToken);
                return true;
            case FaultKind.Status status:
                await AnswerAsync(http, call, new(status.Code, Text: "Injected.", RetryAfter: status.RetryAfter), TimeSpan.Zero, cancellationToken);
                return true;
            case FaultKind.Error error:
                await AnswerAsync(http, call, Outcome.Fail(error.Code), TimeSpan.Zero, cancellationToken);
                return true;
            case FaultKind.DropConnection:
                Change(() => call.Status = 0);
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

    private async Task AnswerAsync(HttpContext http, CallSeen call, Outcome outcome, TimeSpan pause, CancellationToken cancellationToken)
    {
        Change(() => (call.Status, call.Error) = (outcome.Status, outcome.Error));
        await outcome.WriteAsync(http.Response, pause, Time, cancellationToken);
    }
}
