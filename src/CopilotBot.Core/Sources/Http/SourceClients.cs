using System.Collections.Concurrent;
using CopilotBot.Knowledge;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CopilotBot.Sources.Http;

/// <summary>Makes what a source calls its site with. All calls with one credential to one host keep one pace, whichever source makes them.</summary>
/// <param name="clients">Gives a client that follows no redirect, keeps no cookies and repeats nothing.</param>
public sealed class SourceClients(Func<HttpClient> clients, IOptions<SourceSecrets> secrets, ISecretVault vault, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private static readonly Uri AtlassianTokens = new("https://auth.atlassian.com/oauth/token");

    private readonly ConcurrentDictionary<(string Host, string Credential), SourceLimiter> _limiters = new();

    /// <exception cref="SourceException">The secret is missing.</exception>
    public SourceHttp Create(SourceName source, SourceConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var root = connection.Gateway ?? connection.Site;
        var secret = secrets.Value.Find(source.Value);
        var (credential, key) = secret?.Token is { Length: > 0 } token ? (new TokenCredential(connection.Email, token), token)
            : secret is { ClientId.Length: > 0, ClientSecret.Length: > 0 } ? ((ISourceCredential)new OAuthCredential(source.Value, secret, connection.Tokens ?? AtlassianTokens, vault, clients, time), secret.ClientId)
            : throw new SourceException($"The source '{source}' has no credential: put its token into the environment variable {SourceSecrets.VariableOf(source.Value, "Token")}.");
        var limiter = _limiters.GetOrAdd((root.Authority, key), _ => new SourceLimiter(time));
        return new SourceHttp(clients, root, credential, limiter, time, loggers.CreateLogger<SourceHttp>());
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }
}
