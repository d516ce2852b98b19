using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CopilotBot.Sources;
using CopilotBot.Sources.Http;
using CopilotBot.Sync;
using CopilotBot.Sync.Live;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Webhooks;

/// <summary>
/// Where sources say that something happened: POST /sources/NAME/webhook, with an HMAC-SHA256 of the body in X-Hub-Signature (facts/sources.md §1.7, §2.7). What it
/// names is stored before the answer and then read from the source; nothing else of it is used.
/// </summary>
internal sealed partial class SourceWebhookEndpoint(ISourceRegistry registry, LiveSourceTypes types, LiveSyncs syncs, IOptions<SourceSecrets> secrets, ILogger<SourceWebhookEndpoint> logger)
{
    /// <summary>Of Atlassian; GitHub's own has SHA-1 there, and what is taken here in the other.</summary>
    private const string SignatureHeader = "X-Hub-Signature";

    private const string GitHubSignatureHeader = "X-Hub-Signature-256";

    private const string Scheme = "sha256=";

    /// <summary>A webhook of Jira holds the whole issue.</summary>
    private const int MaximumBytes = 4 << 20;

    public static bool Takes(PathString path) => NameOf(path) is not null;

    public async Task HandleAsync(HttpContext http)
    {
        var name = NameOf(http.Request.Path);
        var source = registry.List().FirstOrDefault(source => source.IsLive && source.Name.Value == name);
        if (source is null || secrets.Value.Find(source.Name.Value)?.WebhookSecret is not { Length: > 0 } secret || !HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await ReadBody.ReadAsync(http, MaximumBytes) is not { } body)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (!IsSigned(body.Span, secret, SignatureOf(http.Request.Headers)))
        {
            Log.Refused(logger, source.Name.Value);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        http.Response.StatusCode = await TakeAsync(source, body, http.RequestAborted);
    }

    private async Task<int> TakeAsync(SourceRegistration source, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (types.Find(source.Type) is { } type)
            {
                (await syncs.GetAsync(source, cancellationToken)).Notice(type.ReadWebhook(source.Name, json.RootElement));
            }

            return StatusCodes.Status200OK;
        }
        catch (JsonException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (SourceException)
        {
            // It will be sent again, and polling finds it in any case.
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static string SignatureOf(IHeaderDictionary headers) => headers.TryGetValue(GitHubSignatureHeader, out var gitHub) ? gitHub.ToString() : headers[SignatureHeader].ToString();

    private static bool IsSigned(ReadOnlySpan<byte> body, string secret, string signature)
    {
        var expected = Scheme + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature));
    }

    private static string? NameOf(PathString path) => path.Value?.Split('/') is ["", "sources", { Length: > 0 } name, "webhook"] ? name : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A webhook for {Source} was not signed with its secret and was refused.")]
        public static partial void Refused(ILogger logger, string source);
    }
}
