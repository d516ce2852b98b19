using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>
/// The published keys of one issuer, fetched anew every 12 hours, and at once for a key id that is unknown, but not more often than the interval. The library's
/// ConfigurationManager does the same behind the caller's back: the first message after a rotation would be refused.
/// </summary>
internal sealed partial class IssuerKeys(string metadata, TimeSpan refreshInterval, IDocumentRetriever documents, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _single = new(1, 1);
    private volatile Fetched _current = new(null, DateTimeOffset.MinValue);
    private DateTimeOffset _nextForKeyId = DateTimeOffset.MinValue;

    /// <summary>The newest configuration, whether it holds the key or not; null while there was never one to be had.</summary>
    public async Task<OpenIdConnectConfiguration?> GetAsync(string keyId, CancellationToken cancel)
    {
        if (_current is var seen && seen.Holds(keyId) && clock.GetUtcNow() < seen.StaleAt)
        {
            return seen.Configuration;
        }

        await _single.WaitAsync(cancel);
        try
        {
            var (now, current) = (clock.GetUtcNow(), _current);
            if (now >= current.StaleAt)
            {
                _current = await FetchAsync(now);
            }
            else if (current.Configuration is not null && !current.Holds(keyId) && now >= _nextForKeyId)
            {
                _nextForKeyId = now + refreshInterval;
                _current = await FetchAsync(now);
            }

            return _current.Configuration;
        }
        finally
        {
            _single.Release();
        }
    }

    public void Dispose() => _single.Dispose();

    /// <summary>Not tied to the request that asks for it: a stranger who hangs up must not keep the keys from being renewed. The HTTP client bounds the time.</summary>
    private async Task<Fetched> FetchAsync(DateTimeOffset now)
    {
        try
        {
            var fetched = await OpenIdConnectConfigurationRetriever.GetAsync(metadata, documents, CancellationToken.None);
            if (fetched.JsonWebKeySet is null || fetched.SigningKeys.Count == 0)
            {
                throw new SecurityTokenInvalidSigningKeyException("No keys are published.");
            }

            return new Fetched(fetched, now + GoodFor);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException or ArgumentException or InvalidOperationException
            or FormatException or System.Text.Json.JsonException or SecurityTokenException)
        {
            Log.NotFetched(logger, exception.GetType().Name);
            return _current with { StaleAt = now + PauseAfterFailure };
        }
    }

    private sealed record Fetched(OpenIdConnectConfiguration? Configuration, DateTimeOffset StaleAt)
    {
        public bool Holds(string keyId) => Configuration?.JsonWebKeySet.Keys.Any(key => key.Kid == keyId) == true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The signing keys of Teams tokens could not be fetched: {Kind}")]
        public static partial void NotFetched(ILogger logger, string kind);
    }
}
