using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace CopilotBot.FakeIdentity;

/// <summary>
/// Entra's token endpoint for client credentials, and the one of a machine's managed identity, without a network (facts 1.6). It refuses what the documentation says
/// is refused: another grant, a missing scope, a client without secret or assertion. Every token is a new one: "token-1", "token-2".
/// </summary>
public sealed class TokenEndpoint(string clientId, string? secret = null) : HttpMessageHandler
{
    private int _tokens;

    /// <summary>Address and form of each request.</summary>
    public ConcurrentQueue<(Uri Address, string Form)> Requests { get; } = new();

    /// <summary>Each is the answer to one request, before tokens are given again: status, error code, seconds to wait.</summary>
    public ConcurrentQueue<(HttpStatusCode Status, string Error, int? RetryAfter)> Failures { get; } = new();

    /// <summary>When set, the connection cannot be made.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>When set, answers wait for it: requests that come meanwhile are concurrent.</summary>
    public Task? Gate { get; set; }

    public string LastToken => $"token-{_tokens}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Enqueue((request.RequestUri!, form));
        if (IsUnreachable)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was refused.");
        }

        if (Gate is not null)
        {
            await Gate.WaitAsync(cancellationToken);
        }

        if (Failures.TryDequeue(out var failure))
        {
            return Refuse(failure.Status, failure.Error, form, failure.RetryAfter);
        }

        if (request.Method == HttpMethod.Get)
        {
            return Answer(HttpStatusCode.OK, new
            {
                access_token = $"token-{Interlocked.Increment(ref _tokens)}",
                expires_on = "4070908800",
                resource = "any",
                token_type = "Bearer",
            });
        }

        var fields = form.Split('&').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1].Replace('+', ' ')));
        return !request.RequestUri!.AbsolutePath.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) ? Refuse(HttpStatusCode.NotFound, "not_found", form, retryAfter: null)
            : fields.GetValueOrDefault("grant_type") != "client_credentials" ? Refuse(HttpStatusCode.BadRequest, "unsupported_grant_type", form, retryAfter: null)
            : !fields.GetValueOrDefault("scope", "").Contains("/.default", StringComparison.Ordinal) ? Refuse(HttpStatusCode.BadRequest, "invalid_scope", form, retryAfter: null)
            : fields.GetValueOrDefault("client_id") != clientId ? Refuse(HttpStatusCode.BadRequest, "unauthorized_client", form, retryAfter: null)
            : secret is null ? (fields.ContainsKey("client_assertion") ? Grant() : Refuse(HttpStatusCode.Unauthorized, "invalid_client", form, retryAfter: null))
            : fields.GetValueOrDefault("client_secret") == secret ? Grant()
            : Refuse(HttpStatusCode.Unauthorized, "invalid_client", form, retryAfter: null);
    }

    private HttpResponseMessage Grant() => Answer(HttpStatusCode.OK, new { token_type = "Bearer", expires_in = 3599, access_token = $"token-{Interlocked.Increment(ref _tokens)}" });

    /// <summary>Quotes the request, as careless servers do.</summary>
    private static HttpResponseMessage Refuse(HttpStatusCode status, string error, string form, int? retryAfter)
    {
        var response = Answer(status, new { error, error_description = $"AADSTS7000215: {form}" });
        if (retryAfter is { } seconds)
        {
            response.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        }

        return response;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, object body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") };
}
