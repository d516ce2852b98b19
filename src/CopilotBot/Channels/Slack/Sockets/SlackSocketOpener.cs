using System.Net.Http.Headers;
using System.Net.WebSockets;
using CopilotBot.Channels.Slack.Api;
using CopilotBot.Channels.Slack.Auth;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Sockets;

/// <summary>Gets an address that is good for once, and connects to it (facts/slack.md §5).</summary>
internal sealed class SlackSocketOpener(SlackHttp http, SlackLimits limits, IOptions<SlackOptions> options, IOptions<SlackSecrets> secrets, TimeProvider clock)
{
    private const string Method = "apps.connections.open";

    /// <summary>The app's own calls belong to no workspace.</summary>
    private const string Workspace = "";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(12);

    /// <summary>Slack pings at least every 30 s, but a deaf socket hears nothing: ours is asked, and dropped when it stays silent.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);

    private static readonly HashSet<string> FinalErrors = new(StringComparer.Ordinal)
    {
        "invalid_auth", "not_authed", "account_inactive", "user_removed_from_team", "team_disabled", "token_revoked", "token_expired", "not_allowed_token_type", "missing_scope",
    };

    public async Task<SlackSocketOpening> OpenAsync(CancellationToken cancellationToken)
    {
        if (await limits.EnterAsync(Workspace, Method, channel: "", ts: "", cancellationToken) is { } later)
        {
            return new SlackSocketOpening(Socket: null, "own limit", Wait: later);
        }

        var answer = await http.CallAsync(Method, [], new AuthenticationHeaderValue("Bearer", secrets.Value.AppToken), cancellationToken);
        var reply = SlackOutcome.Of(answer);
        if (!reply.IsOk)
        {
            var wait = reply.Result.Status == SendStatus.TryAgain && answer.Status == StatusCodes.Status429TooManyRequests ? limits.Silence(Workspace, Method, answer.Wait) : answer.Wait;
            return new SlackSocketOpening(Socket: null, reply.Result.Reason, FinalErrors.Contains(reply.Error), wait);
        }

        return WireJson.Words(reply.Body, "url") is { } url && SlackAddresses.IsSocketUrl(url, options.Value.ApiUrl)
            ? await ConnectAsync(new Uri(url), cancellationToken)
            : new SlackSocketOpening(Socket: null, "no socket address");
    }

    private async Task<SlackSocketOpening> ConnectAsync(Uri url, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(ConnectTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = PingEvery;
        socket.Options.KeepAliveTimeout = PingEvery;
        try
        {
            await socket.ConnectAsync(url, either.Token);
            return new SlackSocketOpening(socket);
        }
        catch (WebSocketException exception)
        {
            socket.Dispose();
            return new SlackSocketOpening(Socket: null, $"not connected ({exception.WebSocketErrorCode})");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            socket.Dispose();
            return new SlackSocketOpening(Socket: null, "not connected");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            socket.Dispose();
            return new SlackSocketOpening(Socket: null, "not connected in time");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
