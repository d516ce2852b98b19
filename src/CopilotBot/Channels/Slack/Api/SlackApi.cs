using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Auth;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Api;

/// <summary>Slack's Web API (facts/slack.md §2). Calls keep to the limits of their method and workspace and are made once: who repeats them knows what may be repeated.</summary>
internal sealed partial class SlackApi(SlackHttp http, SlackInstallations installations, SlackLimits limits, IOptions<SlackOptions> options, TimeProvider clock, ILogger<SlackApi> logger)
{
    private const int ReadTries = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Whoever waits for the answer does not wait longer for what it rests on.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <param name="workspace">Key of the install whose token is used.</param>
    /// <param name="method">"chat.postMessage".</param>
    /// <param name="arguments">Texts as they are, everything else as JSON; null values are left out.</param>
    public async Task<SlackReply> CallAsync(string workspace, string method, JsonObject arguments, CancellationToken cancellationToken)
    {
        var access = await installations.GetAccessAsync(workspace, cancellationToken);
        if (access.Token is not { } token)
        {
            return access.Wait is { } later ? SlackOutcome.Later(later, access.Problem) : SlackOutcome.NotInstalled(access.Problem);
        }

        if (await limits.EnterAsync(workspace, method, Argument(arguments, "channel"), Argument(arguments, "ts"), cancellationToken) is { } wait)
        {
            return SlackOutcome.Later(wait, "own limit");
        }

        // Once: the arguments are the caller's, who may change them meanwhile.
        var form = SlackForm.Of(arguments).ToList();
        var reply = await TryAsync(workspace, method, form, token, cancellationToken);
        if (!SlackOutcome.IsTokenError(reply.Error))
        {
            return reply;
        }

        return await installations.RenewAccessAsync(workspace, token, cancellationToken) switch
        {
            { Token: { } renewed } => await TryAsync(workspace, method, form, renewed, cancellationToken),
            { Wait: { } later, Problem: var problem } => SlackOutcome.Later(later, problem),
            _ => reply,
        };
    }

    /// <summary>The same for what only reads, which may be repeated: what is throttled or lost for a moment is asked for again.</summary>
    public async Task<SlackReply> ReadAsync(string workspace, string method, JsonObject arguments, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var reply = await CallAsync(workspace, method, arguments, cancellationToken);
            var pause = reply.Result.Wait ?? Pause;
            if (reply.Result.Status is not (SendStatus.TryAgain or SendStatus.Unknown) || tries == ReadTries || pause > LongestPause)
            {
                return reply;
            }

            // As long as Slack asks.
            await Task.Delay(pause, clock, cancellationToken);
        }
    }

    /// <summary>Whether a call of the method in the workspace would go out at once; counts it as made when it would, so the call itself then does not wait.</summary>
    public bool TryReserve(string workspace, string method) => limits.TryReserve(workspace, method);

    /// <summary>Answers by a response_url (§1.4): JSON, no token.</summary>
    public async Task<SlackReply> RespondAsync(string responseUrl, JsonObject message, CancellationToken cancellationToken)
    {
        if (!SlackAddresses.IsResponseUrl(responseUrl, options.Value.ApiUrl))
        {
            return SlackOutcome.NotInstalled("response host not allowed");
        }

        var reply = SlackOutcome.OfResponse(await http.RespondAsync(new Uri(responseUrl), message, cancellationToken));
        if (!reply.IsOk)
        {
            Log.Refused(logger, "response_url", reply.Result.Status, reply.Result.Reason);
        }

        return reply;
    }

    private async Task<SlackReply> TryAsync(string workspace, string method, List<KeyValuePair<string, string>> form, string token, CancellationToken cancel)
    {
        var answer = await http.CallAsync(method, form, new AuthenticationHeaderValue("Bearer", token), cancel);
        var reply = SlackOutcome.Of(answer);
        if (answer.Status == StatusCodes.Status429TooManyRequests || reply.Error is "ratelimited" or "rate_limited")
        {
            reply = reply with { Result = reply.Result with { Wait = limits.Silence(workspace, method, answer.Wait) } };
        }

        if (!reply.IsOk)
        {
            Log.Refused(logger, method, reply.Result.Status, reply.Result.Reason);
        }

        return reply;
    }

    private static string Argument(JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Slack's answer to {Method}: {Status} ({Reason}).")]
        public static partial void Refused(ILogger logger, string method, SendStatus status, string reason);
    }
}
