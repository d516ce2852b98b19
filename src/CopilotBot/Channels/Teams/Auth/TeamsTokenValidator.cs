using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>Whether a request comes from Teams and from a tenant that may use the bot: the checks of facts 1.2, in their order. It never throws for what a stranger sends.</summary>
internal sealed partial class TeamsTokenValidator(
    IOptions<TeamsAuthOptions> options, IOptions<TeamsOptions> teams, TrustedIssuers issuers, ServiceHosts hosts, TimeProvider clock, ILogger<TeamsTokenValidator> logger)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16_384;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken };

    public async Task<InboundVerdict> ValidateAsync(string? authorizationHeader, InboundFacts activity, CancellationToken cancel)
    {
        var verdict = teams.Value.Anonymous && options.Value.AppId.Length == 0
            ? CheckAnonymous(authorizationHeader, activity)
            : await CheckSignedAsync(authorizationHeader, activity, cancel);
        if (!verdict.IsAccepted)
        {
            Log.Refused(logger, verdict.HttpStatus, verdict.Reason);
        }

        return verdict;
    }

    /// <summary>A token is not ignored but refused: there is nothing to check it by.</summary>
    private InboundVerdict CheckAnonymous(string? header, InboundFacts activity) =>
        !string.IsNullOrEmpty(header) ? InboundVerdict.Unauthorized("a token in anonymous mode")
        : !hosts.IsAllowed(activity.ServiceUrl) ? InboundVerdict.BadRequest("service host not allowed")
        : teams.Value.AllowedTenants.Count > 0 && !IsAllowedTenant(activity.TenantId) ? InboundVerdict.TenantRefused
        : InboundVerdict.Accepted;

    private async Task<InboundVerdict> CheckSignedAsync(string? header, InboundFacts activity, CancellationToken cancel)
    {
        if (Read(header) is not { } token)
        {
            return InboundVerdict.Unauthorized("no readable bearer token");
        }

        if (!Algorithms.Contains(token.Alg))
        {
            return InboundVerdict.Unauthorized("algorithm");
        }

        if (issuers.Find(token.Issuer) is not { } issuer)
        {
            return InboundVerdict.Unauthorized("issuer");
        }

        if (token.Kid.Length == 0)
        {
            return InboundVerdict.Unauthorized("no key id");
        }

        if (await issuer.Keys.GetAsync(token.Kid, cancel) is not { } configuration)
        {
            return InboundVerdict.KeysUnavailable;
        }

        var checkedToken = await _handler.ValidateTokenAsync(token.EncodedToken, Parameters(token.Issuer, configuration));
        if (!checkedToken.IsValid || checkedToken.SecurityToken is not JsonWebToken { SigningKey: { } key } good)
        {
            return InboundVerdict.Unauthorized(checkedToken.Exception?.GetType().Name ?? "signature");
        }

        if (issuer.IsEntra ? IsNoChannels(good) : !IsEndorsed(configuration, key, activity.ChannelId))
        {
            return InboundVerdict.Unauthorized(issuer.IsEntra ? "not a channel's token" : "endorsement");
        }

        return CheckActivity(good, activity);
    }

    /// <summary>
    /// The claim is asked of Entra tokens too: no customer's app can put it into its tokens for this bot, whereas any older multi-tenant bot can get one from the
    /// service tenants, so that without it every such bot could speak for the channel.
    /// </summary>
    private InboundVerdict CheckActivity(JsonWebToken token, InboundFacts activity)
    {
        if (!token.TryGetPayloadValue<string>("serviceurl", out var serviceUrl) || string.IsNullOrEmpty(serviceUrl))
        {
            return InboundVerdict.Unauthorized("no serviceurl claim");
        }

        return !string.Equals(serviceUrl, activity.ServiceUrl, StringComparison.OrdinalIgnoreCase) ? InboundVerdict.BadRequest("serviceUrl differs")
            : !hosts.IsAllowed(activity.ServiceUrl) ? InboundVerdict.BadRequest("service host not allowed")
            : !IsAllowedTenant(activity.TenantId) ? InboundVerdict.TenantRefused
            : InboundVerdict.Accepted;
    }

    /// <summary>Null for everything but one token in the three parts of a signature; "bearer" is refused as Microsoft's own library does.</summary>
    private static JsonWebToken? Read(string? header)
    {
        if (header is null || header.Length > LongestToken || !header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var text = header[Scheme.Length..];
        if (text.Count(letter => letter == '.') != 2 || !text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return null;
        }

        try
        {
            var token = new JsonWebToken(text);
            return token.Alg is not null && token.Kid is not null && token.Issuer is not null ? token : null;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(string issuer, OpenIdConnectConfiguration configuration) => new()
    {
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        TryAllIssuerSigningKeys = false,
        IssuerSigningKeys = configuration.SigningKeys,
        ValidIssuer = issuer,
        ValidAudience = options.Value.AppId,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            clock.GetUtcNow().UtcDateTime is var now && expires is { } end && now <= end + Skew && (notBefore is null || now >= notBefore - Skew),
    };

    /// <summary>By the key that verified; one whose id stands twice in the set is no key to go by.</summary>
    private static bool IsEndorsed(OpenIdConnectConfiguration configuration, SecurityKey key, string? channel)
    {
        List<JsonWebKey> named = [.. configuration.JsonWebKeySet.Keys.Where(candidate => string.Equals(candidate.Kid, key.KeyId, StringComparison.OrdinalIgnoreCase))];
        return channel is not null && named is [var only]
            && only.AdditionalData.TryGetValue("endorsements", out var value) && value is JsonElement { ValueKind: JsonValueKind.Array } endorsements
            && endorsements.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.String && entry.ValueEquals(channel));
    }

    /// <summary>The emulator's token is one of the bot's own app; a person's token or one that names no app is no channel's either.</summary>
    private bool IsNoChannels(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("scp", out _)
        || !(token.TryGetPayloadValue<string>("azp", out var app) || token.TryGetPayloadValue("appid", out app))
        || string.Equals(app, options.Value.AppId, StringComparison.OrdinalIgnoreCase);

    private bool IsAllowedTenant(string? tenant)
    {
        var allowed = teams.Value.AllowedTenants;
        return allowed.Count > 0
            ? tenant is not null && allowed.Contains(tenant, StringComparer.OrdinalIgnoreCase)
            : options.Value.TenantId.Length > 0 && string.Equals(tenant, options.Value.TenantId, StringComparison.OrdinalIgnoreCase);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A request for Teams was refused with {Status}: {Reason}")]
        public static partial void Refused(ILogger logger, int status, string reason);
    }
}
