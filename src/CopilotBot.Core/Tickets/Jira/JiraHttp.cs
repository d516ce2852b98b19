using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tickets.Jira;

/// <summary>
/// One request to Jira. A write is sent once; whoever repeats it knows what may be repeated. While Jira asks to wait nothing is sent, whoever it was told (facts/sources.md
/// §1.9): the answer is then the same without asking.
/// </summary>
/// <param name="clients">Gives a client that follows no redirect, which would take the token along, and that repeats nothing.</param>
internal sealed partial class JiraHttp(Func<HttpClient> clients, IOptions<TicketOptions> options, IOptions<TicketSecrets> secrets, TimeProvider time, ILogger<JiraHttp> logger)
{
    private const int ReadTries = 3;

    private const int TooManyRequests = 429;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Who asks to wait longer is asked again later, by whoever wants to know.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();

    private DateTimeOffset _silentUntil;

    /// <param name="path">Below the root of the REST API, with ids escaped.</param>
    public async Task<JiraAnswer<T>> SendAsync<T>(HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (Silence() is { } silence)
        {
            return new JiraAnswer<T>(TooManyRequests, Wait: silence);
        }

        var answer = await TryAsync(method, path, body, type, cancellationToken);
        if (answer is { Status: TooManyRequests, Wait: { } wait })
        {
            KeepSilent(wait);
        }

        Log.Answered(logger, method.Method, PathOf(path), answer.Status, answer.Fault);
        return answer;
    }

    /// <summary>The same for what only reads: what is throttled or lost for a moment is asked for again.</summary>
    public async Task<JiraAnswer<T>> ReadAsync<T>(HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await SendAsync(method, path, body?.DeepClone().AsObject(), type, cancellationToken);
            var pause = answer.Wait ?? Pause;
            if (tries == ReadTries || pause > LongestPause || !(answer.Fault != JiraFault.None || answer.Status is TooManyRequests or >= 500))
            {
                return answer;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    public Task<JiraAnswer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => ReadAsync(HttpMethod.Get, path, null, type, cancellationToken);

    private TimeSpan? Silence()
    {
        lock (_lock)
        {
            var left = _silentUntil - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private void KeepSilent(TimeSpan wait)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + wait;
            _silentUntil = until > _silentUntil ? until : _silentUntil;
        }
    }

    private async Task<JiraAnswer<T>> TryAsync<T>(HttpMethod method, string path, JsonObject? body, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        using var request = Request(method, path, body);
        try
        {
            using var client = clients();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(either.Token);
            return Read((int)response.StatusCode, bytes, WaitOf(response), type);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new JiraAnswer<T>(0, Fault: JiraFault.Lost);
        }
        catch (HttpRequestException exception)
        {
            // Each of these is a matter of the connection; there is nothing to send a request on.
            var isUnsent = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new JiraAnswer<T>(0, Fault: isUnsent ? JiraFault.NotSent : JiraFault.Lost);
        }
        catch (IOException)
        {
            return new JiraAnswer<T>(0, Fault: JiraFault.Lost);
        }
    }

    private static JiraAnswer<T> Read<T>(int status, byte[] bytes, TimeSpan? wait, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return status is < 200 or >= 300 ? new JiraAnswer<T>(status, Errors: ErrorsOf(bytes), Wait: wait)
                : status == 204 || bytes.Length == 0 ? new JiraAnswer<T>(status)
                : new JiraAnswer<T>(status, JsonSerializer.Deserialize(bytes, type));
        }
        catch (JsonException)
        {
            return new JiraAnswer<T>(status, Fault: JiraFault.Lost);
        }
    }

    /// <summary>Gateways answer errors with pages.</summary>
    private static JiraErrors? ErrorsOf(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, JiraWire.Default.JiraErrors);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JsonObject? body)
    {
        var settings = options.Value;
        var request = new HttpRequestMessage(method, $"{settings.Site.TrimEnd('/')}/rest/api/{(settings.Flavour == JiraFlavour.Cloud ? "3" : "2")}/{path}");
        request.Headers.Authorization = settings.Flavour == JiraFlavour.Cloud
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Email}:{secrets.Value.Token}")))
            : new AuthenticationHeaderValue("Bearer", secrets.Value.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return request;
    }

    private TimeSpan? WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Without what is asked for, which may name people.</summary>
    private static string PathOf(string path) => path.Split('?')[0];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Jira's answer to {Method} {Path}: {Status} {Fault}.")]
        public static partial void Answered(ILogger logger, string method, string path, int status, JiraFault fault);
    }
}
