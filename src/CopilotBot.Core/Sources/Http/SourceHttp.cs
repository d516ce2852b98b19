using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace CopilotBot.Sources.Http;

/// <summary>
/// Reads a site: JSON and files, at the pace of its limiter. What is lost or throttled for a moment is asked for again (reads only are made here, also by POST);
/// a site that asks to wait for longer than that ends the run with <see cref="SourceThrottledException"/> (facts/sources.md §7.5).
/// </summary>
/// <param name="clients">Gives a client that follows no redirect, which would take the token along, keeps no cookies and repeats nothing.</param>
/// <param name="root">What paths are appended to: the site, or the gateway with its cloud id.</param>
public sealed partial class SourceHttp(
    Func<HttpClient> clients, Uri root, ISourceCredential credential, SourceLimiter limiter, TimeProvider time, ILogger<SourceHttp> logger)
{
    private const int Tries = 5;

    private const int MaximumDepth = 256;

    private const int MaximumRedirects = 3;

    /// <summary>A page with its body may be some megabytes; what is larger than this is no page.</summary>
    private const long MaximumJsonBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public Uri Root { get; } = root;

    /// <param name="path">Path and query below the root, starting with '/'.</param>
    /// <exception cref="SourceHttpException">There is no such answer.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => ReadAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>As <see cref="GetAsync"/>, for listings that tell by a Link header whether they go on (facts/sources.md §3.3).</summary>
    public Task<SourcePage> GetPageAsync(string path, CancellationToken cancellationToken) =>
        RepeatAsync(path, (header, stop) => CallAsync(HttpMethod.Get, path, null, header, stop), cancellationToken);

    /// <summary>A read that the site takes as a POST.</summary>
    public Task<JsonElement> PostAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ReadAsync(HttpMethod.Post, path, body.ToJsonString(), cancellationToken);
    }

    /// <summary>A file; redirects to another host are followed without the credential (facts/sources.md §1.10).</summary>
    /// <param name="address">Path below the root, or an absolute address on the site.</param>
    /// <exception cref="SourceHttpException">With <see cref="SourceFault.TooLarge"/> when it has more than <paramref name="maximumBytes"/>.</exception>
    public Task<byte[]> DownloadAsync(string address, long maximumBytes, CancellationToken cancellationToken) =>
        RepeatAsync(address, (header, stop) => FetchAsync(address, header, maximumBytes, stop), cancellationToken);

    private async Task<JsonElement> ReadAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken) =>
        (await RepeatAsync(path, (header, stop) => CallAsync(method, path, body, header, stop), cancellationToken)).Body;

    private async Task<T> RepeatAsync<T>(string path, Func<AuthenticationHeaderValue, CancellationToken, Task<Try<T>>> call, CancellationToken cancellationToken)
    {
        var kind = KindOf(path);
        var isRenewed = false;
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            var header = await credential.GetAsync(cancellationToken);
            Try<T> answer;
            using (await limiter.EnterAsync(kind, Patience, cancellationToken))
            {
                answer = await GuardAsync(path, header, call, cancellationToken);
            }

            Log.Answered(logger, kind, answer.Status);
            if (answer.Value is { } value)
            {
                limiter.Succeeded();
                return value.Content;
            }

            var problem = answer.Problem ?? new SourceHttpException(SourceFault.Unavailable, $"There was no answer to {kind}.");
            if (problem.Fault == SourceFault.Unauthorized && !isRenewed && await credential.RenewAsync(header, cancellationToken))
            {
                isRenewed = true;
                continue;
            }

            if (problem.Fault != SourceFault.Unavailable)
            {
                throw problem;
            }

            var wait = answer.Wait ?? pause;
            if (answer.Status is (int)HttpStatusCode.TooManyRequests || answer.Wait is not null)
            {
                limiter.Refused(kind, wait, answer.IsBurst);
                if (wait > Patience || tries == Tries)
                {
                    throw new SourceThrottledException(time.GetUtcNow() + wait);
                }
            }
            else if (tries == Tries)
            {
                throw problem;
            }
            else
            {
                // Back-off before the next try (facts/sources.md §7.5).
                await Task.Delay(wait, time, cancellationToken);
            }

            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task<Try<T>> GuardAsync<T>(
        string path, AuthenticationHeaderValue header, Func<AuthenticationHeaderValue, CancellationToken, Task<Try<T>>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await call(header, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Lost<T>(path, "did not come in time", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Lost<T>(path, "did not arrive", exception);
        }
        catch (JsonException exception)
        {
            return Lost<T>(path, "is no complete JSON", exception);
        }
    }

    private async Task<Try<SourcePage>> CallAsync(HttpMethod method, string path, string? body, AuthenticationHeaderValue header, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Root.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);
        request.Headers.Authorization = header;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CopilotBot", null));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var client = clients();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Refusal<SourcePage>(path, response);
        }

        if (await ReadBodyAsync(response, MaximumJsonBytes, cancellationToken) is not { } bytes)
        {
            return TooLarge<SourcePage>(path, MaximumJsonBytes);
        }

        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return new Try<SourcePage>((int)response.StatusCode, new Box<SourcePage>(default));
        }

        using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        var hasNext = Header(response, "Link").Contains("rel=\"next\"", StringComparison.Ordinal);
        return new Try<SourcePage>((int)response.StatusCode, new Box<SourcePage>(new SourcePage(json.RootElement.Clone(), hasNext)));
    }

    private async Task<Try<byte[]>> FetchAsync(string address, AuthenticationHeaderValue header, long maximumBytes, CancellationToken cancellationToken)
    {
        var site = new Uri(Root.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        var target = address.StartsWith('/') ? new Uri(site.ToString().TrimEnd('/') + address) : new Uri(site, address);
        using var client = clients();
        for (var hop = 0; hop <= MaximumRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CopilotBot", null));
            if (target.Authority == site.Authority && target.Scheme == site.Scheme)
            {
                request.Headers.Authorization = header;
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location)
            {
                target = new Uri(target, location);
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                return Refusal<byte[]>(address, response);
            }

            return await ReadBodyAsync(response, maximumBytes, cancellationToken) is { } bytes
                ? new Try<byte[]>((int)response.StatusCode, new Box<byte[]>(bytes))
                : TooLarge<byte[]>(address, maximumBytes);
        }

        return new Try<byte[]>(302, null, new SourceHttpException(SourceFault.Refused, $"{KindOf(address)} is redirected without end."));
    }

    /// <summary>Null when there are more bytes than that.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, long maximumBytes, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maximumBytes)
        {
            return null;
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var read = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            read.Write(buffer, 0, count);
            if (read.Length > maximumBytes)
            {
                return null;
            }
        }

        return read.ToArray();
    }

    private Try<T> Refusal<T>(string path, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var wait = WaitOf(response);
        var fault = status switch
        {
            429 => SourceFault.Unavailable,
            403 when wait is not null => SourceFault.Unavailable, // Data Center and GitHub throttle with it
            401 => SourceFault.Unauthorized,
            403 => SourceFault.Forbidden,
            404 => SourceFault.NotFound,
            410 => SourceFault.Gone,
            >= 500 or 408 => SourceFault.Unavailable,
            _ => SourceFault.Refused,
        };
        var reason = Header(response, "RateLimit-Reason");
        return new Try<T>(status, null, new SourceHttpException(fault, $"{KindOf(path)} answered {status}.") { MovedTo = PlaceOf(response) }, wait, reason.Contains("burst", StringComparison.Ordinal));
    }

    private static Uri? PlaceOf(HttpResponseMessage response) => (int)response.StatusCode is >= 300 and < 400 ? response.Headers.Location : null;

    /// <summary>Retry-After in full, or the moment at which a quota is filled again (whole seconds since 1970 at GitHub).</summary>
    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        var now = time.GetUtcNow();
        if (response.Headers.RetryAfter is { } retry)
        {
            return retry.Delta ?? (retry.Date is { } date && date > now ? date - now : TimeSpan.Zero);
        }

        var isSpent = Header(response, "X-RateLimit-Remaining") == "0";
        return !isSpent ? null
            : long.TryParse(Header(response, "X-RateLimit-Reset"), out var seconds) ? Positive(DateTimeOffset.FromUnixTimeSeconds(seconds) - now)
            : DateTimeOffset.TryParse(Header(response, "X-RateLimit-Reset"), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var reset) ? Positive(reset - now)
            : null;
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : "";

    private static Try<T> Lost<T>(string path, string what, Exception exception) =>
        new(0, null, new SourceHttpException(SourceFault.Unavailable, $"The answer to {KindOf(path)} {what}.", exception));

    private static Try<T> TooLarge<T>(string path, long maximum) =>
        new(200, null, new SourceHttpException(SourceFault.TooLarge, $"The answer to {KindOf(path)} has more than {maximum / 1024 / 1024} MB."));

    /// <summary>
    /// The path without its query, with its numbers left out and, for files, without the name that people gave them: what a limit of one kind of call is kept by, and
    /// what a log may name.
    /// </summary>
    private static string KindOf(string path) => Numbers().Replace(FileNames().Replace(path.Split('?')[0], "/{file}"), "{id}");

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<=/attachments?/[^/]+)/[^/]+$")]
    private static partial System.Text.RegularExpressions.Regex FileNames();

    [System.Text.RegularExpressions.GeneratedRegex(@"(?<=/)[^/]*\d[^/]*(?=/|$)")]
    private static partial System.Text.RegularExpressions.Regex Numbers();

    private sealed record Box<T>(T Content);

    /// <param name="Wait">How long the site asks to wait.</param>
    /// <param name="IsBurst">Only calls of this kind are too many.</param>
    private sealed record Try<T>(int Status, Box<T>? Value, SourceHttpException? Problem = null, TimeSpan? Wait = null, bool IsBurst = false);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Answer to {Call}: {Status}.")]
        public static partial void Answered(ILogger logger, string call, int status);
    }
}
