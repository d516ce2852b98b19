using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>Whose tokens are looked at, and by which keys.</summary>
internal sealed class TrustedIssuers : IDisposable
{
    private readonly CloudAddresses _cloud;
    private readonly IssuerKeys _bot;
    private readonly IssuerKeys? _entra;

    public TrustedIssuers(IOptions<TeamsAuthOptions> options, IDocumentRetriever documents, TimeProvider clock, ILogger<TrustedIssuers> logger)
    {
        var settings = options.Value;
        var interval = TimeSpan.FromSeconds(settings.KeysRefreshSeconds);
        _cloud = CloudAddresses.Of(settings.Cloud);
        _bot = new IssuerKeys(settings.OpenIdMetadata.Length > 0 ? settings.OpenIdMetadata : _cloud.Metadata, interval, documents, clock, logger);
        _entra = settings.EntraIssuers ? new IssuerKeys(_cloud.EntraMetadata, interval, documents, clock, logger) : null;
    }

    /// <summary>Null for an issuer that is not trusted.</summary>
    public TrustedIssuer? Find(string issuer) =>
        issuer == _cloud.Issuer ? new TrustedIssuer(_bot, IsEntra: false)
        : _entra is not null && _cloud.EntraIssuers.Contains(issuer) ? new TrustedIssuer(_entra, IsEntra: true)
        : null;

    public void Dispose()
    {
        _bot.Dispose();
        _entra?.Dispose();
    }
}
