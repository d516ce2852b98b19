using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Brings payloads to the bot, signed over HTTP or by a socket, and again where facts §1.3 say so.</summary>
internal sealed class Courier(SlackPlatform platform, SocketHub sockets) : IDisposable
{
    public const string NoAnswer = "No answer in time.";
    private const int MostRedirects = 2;
    private static readonly TimeSpan SignatureAge = TimeSpan.FromSeconds(301);

    private readonly HttpClient _own = new(new SocketsHttpHandler { MaxAutomaticRedirections = MostRedirects });
    private HttpClient? _given;

    public Uri? Target { get; private set; }

    public void DeliverTo(Uri baseAddress, HttpClient? http) => (Target, _given) = (baseAddress, http);

    /// <param name="tried">Completed after the first attempt.</param>
    public async Task<SentPayload> SendAsync(SlackPayloadKind kind, JsonObject payload, CancellationToken cancellationToken, TaskCompletionSource? tried = null)
    {
        List<DeliveryAttempt> attempts = [await TryAsync(kind, payload, 0, null, cancellationToken)];
        tried?.TrySetResult();
        foreach (var delay in kind == SlackPayloadKind.Event ? platform.RedeliveryDelays : [])
        {
            if (attempts[^1].IsTaken || attempts[^1].IsRetryDeclined)
            {
                break;
            }

            await Task.Delay(delay, platform.Time, cancellationToken); // as Slack waits before it delivers again
            attempts.Add(await TryAsync(kind, payload, attempts.Count, attempts[^1].RetryReason, cancellationToken));
        }

        if (!attempts[0].IsLost)
        {
            Judge(kind, payload, attempts[0]);
        }

        return new(kind, payload, attempts);
    }

    /// <param name="retry">0 for the first attempt.</param>
    public async Task<DeliveryAttempt> TryAsync(SlackPayloadKind kind, JsonObject payload, int retry, string? reason, CancellationToken cancellationToken)
    {
        if (platform.SocketModeOn)
        {
            return await sockets.DeliverAsync(kind, payload, retry, platform.AnswerTimeout, cancellationToken);
        }

        using var request = NewRequest(kind, payload, SignatureFault.None);
        if (retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", reason);
        }

        return await SendAsync(request, cancellationToken);
    }

    public async Task<DeliveryAttempt> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sentAt = platform.Time.GetUtcNow();
        using var late = new CancellationTokenSource(platform.AnswerTimeout, platform.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await (_given ?? _own).SendAsync(request, ends.Token);
            var body = await response.Content.ReadAsStringAsync(ends.Token);
            return new(sentAt, (int)response.StatusCode, body, response.Content.Headers.ContentType?.ToString(), null, platform.Time.GetUtcNow() - sentAt)
            {
                IsRetryDeclined = response.StatusCode != HttpStatusCode.OK && response.Headers.TryGetValues("x-slack-no-retry", out var values) && values.Contains("1"),
            };
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(sentAt, null, "", null, NoAnswer, platform.Time.GetUtcNow() - sentAt);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new(sentAt, null, "", null, broken.Message, platform.Time.GetUtcNow() - sentAt);
        }
    }

    public HttpRequestMessage NewRequest(SlackPayloadKind kind, JsonObject payload, SignatureFault fault)
    {
        var (path, body, mediaType) = kind switch
        {
            SlackPayloadKind.Event => (platform.EventsPath, payload.ToJsonString(), "application/json"),
            SlackPayloadKind.Command => (platform.CommandsPath, string.Join('&', payload.Select(field => $"{field.Key}={WebUtility.UrlEncode((string?)field.Value)}")), "application/x-www-form-urlencoded"),
            SlackPayloadKind.Interaction => (platform.InteractivityPath, $"payload={WebUtility.UrlEncode(payload.ToJsonString())}", "application/x-www-form-urlencoded"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind.ToString()),
        };
        return NewRequest(path, body, mediaType, fault);
    }

    /// <summary>Signs the bytes of the body as facts §1.1 tell, or wrongly.</summary>
    public HttpRequestMessage NewRequest(string path, string body, string mediaType, SignatureFault fault)
    {
        var target = Target ?? throw new InvalidOperationException("Nobody said where the bot is: DeliverTo.");
        var now = platform.Time.GetUtcNow();
        var at = fault switch { SignatureFault.Stale => now - SignatureAge, SignatureFault.Future => now + SignatureAge, _ => now }; // whole seconds: still beyond 300
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = fault == SignatureFault.WrongSecret ? $"{platform.SigningSecret}x" : platform.SigningSecret;
        var signed = fault == SignatureFault.OtherBody ? $"{body} " : body;
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{signed}")));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, path)) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        if (fault != SignatureFault.NoTimestamp)
        {
            request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        }

        if (fault != SignatureFault.NoSignature)
        {
            request.Headers.Add("X-Slack-Signature", $"{(fault == SignatureFault.OtherVersion ? "v1" : "v0")}={signature}");
        }

        return request;
    }

    public void Dispose() => _own.Dispose();

    /// <summary>What a person sees fail at once, as Slack does not come again (facts §1.4, §1.5).</summary>
    private void Judge(SlackPayloadKind kind, JsonObject payload, DeliveryAttempt attempt)
    {
        var type = (string?)payload["type"];
        if (kind == SlackPayloadKind.Command && attempt.Status != 200)
        {
            platform.Record("command-ack", "§1.4", $"A command was not answered with 200 in time: {attempt.Status} {attempt.Failure}");
        }
        else if (kind == SlackPayloadKind.Interaction && attempt.Status != 200)
        {
            platform.Record("interaction-ack", "§1.5", $"{type} was not answered with 200 in time: {attempt.Status} {attempt.Failure}");
        }
        else if (kind == SlackPayloadKind.Interaction && type != "view_submission" && attempt.Body.Length > 0)
        {
            platform.Record("ack-body", "§1.5", $"{type} is acknowledged with an empty body, not {attempt.Body.Shortened()}");
        }
    }
}
