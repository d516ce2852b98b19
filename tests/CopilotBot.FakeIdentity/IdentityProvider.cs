using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.FakeIdentity;

/// <summary>
/// Publishes signing keys as the Bot Framework and Entra do, on a port of this machine (facts 1.1 to 1.3), and holds their private halves, so that tests can sign.
/// Any host's path is answered alike: <see cref="CreateHandler"/> gives the same documents without a network.
/// </summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private const string BotMetadata = "/v1/.well-known/openidconfiguration";
    private const string BotMetadataHyphenated = "/v1/.well-known/openid-configuration";
    private const string BotKeys = "/v1/.well-known/keys";
    private const string EntraMetadata = "/v2.0/.well-known/openid-configuration";
    private const string EntraKeys = "/discovery/v2.0/keys";

    private readonly WebApplication _app;
    private List<SigningKey> _keys;
    private int _metadataFetches;
    private int _keyFetches;

    private IdentityProvider()
    {
        _keys = [SigningKey.Create("key-1", ["msteams", "webchat"])];
        EntraKey = SigningKey.Create("entra-1", endorsements: null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.MapGet("/{**path}", HandleAsync);
    }

    public string Url => _app.Urls.Single();

    /// <summary>The classic spelling, one word.</summary>
    public string MetadataUrl => Url + BotMetadata;

    public string HyphenatedMetadataUrl => Url + BotMetadataHyphenated;

    /// <summary>What is published for the Bot Framework issuer.</summary>
    public IReadOnlyList<SigningKey> Keys => _keys;

    /// <summary>The key that signs by default: the newest.</summary>
    public SigningKey Key => _keys[^1];

    /// <summary>Carries no endorsements, as Entra's keys do not.</summary>
    public SigningKey EntraKey { get; }

    public int MetadataFetches => Volatile.Read(ref _metadataFetches);

    public int KeyFetches => Volatile.Read(ref _keyFetches);

    /// <summary>When set, every request is answered with this status.</summary>
    public int? FailWith { get; set; }

    /// <summary>When set, the metadata names this address for the keys.</summary>
    public string? KeysUrl { get; set; }

    /// <summary>When set, this is published in place of the keys.</summary>
    public string? KeysDocument { get; set; }

    public static async Task<IdentityProvider> StartAsync()
    {
        var provider = new IdentityProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Publishes one more key, which signs from now on.</summary>
    public SigningKey Add(string keyId, IReadOnlyList<string>? endorsements, bool hasCertificate = false)
    {
        var key = SigningKey.Create(keyId, endorsements, hasCertificate);
        _keys = [.. _keys, key];
        return key;
    }

    /// <summary>A new key takes the place of all others.</summary>
    /// <returns>The one that signed until now.</returns>
    public SigningKey Rotate()
    {
        var old = Key;
        _keys = [SigningKey.Create($"key-{Guid.NewGuid():N}", old.Endorsements)];
        return old;
    }

    /// <summary>The same documents for whatever host is asked.</summary>
    public HttpMessageHandler CreateHandler() => new Handler(this);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var (status, body) = Answer(http.Request.Path, Url);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body, http.RequestAborted);
    }

    private (int Status, string Body) Answer(string path, string origin)
    {
        if (path is BotMetadata or BotMetadataHyphenated || path.EndsWith(EntraMetadata, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _metadataFetches);
            return FailWith is { } status ? (status, "") : (200, Metadata(origin, isEntra: path.EndsWith(EntraMetadata, StringComparison.Ordinal)));
        }

        if (path is BotKeys or EntraKeys)
        {
            Interlocked.Increment(ref _keyFetches);
            return FailWith is { } status ? (status, "") : (200, KeysDocument ?? KeySet(path == BotKeys ? _keys : [EntraKey]));
        }

        return (404, "");
    }

    private string Metadata(string origin, bool isEntra) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["issuer"] = isEntra ? "https://login.microsoftonline.com/{tenantid}/v2.0" : "https://api.botframework.com",
        ["authorization_endpoint"] = "https://invalid.botframework.com",
        ["jwks_uri"] = KeysUrl ?? origin + (isEntra ? EntraKeys : BotKeys),
    });

    private static string KeySet(IEnumerable<SigningKey> keys) => JsonSerializer.Serialize(new { keys = keys.Select(key => key.Publish()) });

    private sealed class Handler(IdentityProvider provider) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            var (status, body) = provider.Answer(address.AbsolutePath, address.GetLeftPart(UriPartial.Authority));
            return Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body), RequestMessage = request });
        }
    }
}
