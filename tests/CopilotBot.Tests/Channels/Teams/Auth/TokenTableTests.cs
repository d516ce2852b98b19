using CopilotBot.Channels.Teams.Auth;
using CopilotBot.FakeIdentity;

namespace CopilotBot.Tests.Channels.Teams.Auth;

/// <summary>The checks of facts 1.2 to 1.5, one token each.</summary>
public sealed class TokenTableTests(PublishedKeys keys) : IClassFixture<PublishedKeys>
{
    private const string Signature = "SecurityTokenInvalidSignatureException";
    private const string UnknownKey = "SecurityTokenSignatureKeyNotFoundException";
    private const string Audience = "SecurityTokenInvalidAudienceException";
    private const string Lifetime = "SecurityTokenInvalidLifetimeException";
    private const string Unreadable = "no readable bearer token";
    private const string HostRefused = "service host not allowed";

    private static readonly InboundFacts Activity = new(TeamsHost.ServiceUrl, "msteams", TeamsHost.Tenant);

    private static readonly Dictionary<string, TokenRow> Table = new()
    {
        ["good, RS256"] = TokenRow.Of(200, "", _ => { }),
        ["good, RS384"] = TokenRow.Of(200, "", draft => draft.Algorithm = "RS384"),
        ["good, RS512"] = TokenRow.Of(200, "", draft => draft.Algorithm = "RS512"),
        ["good, key with a certificate"] = TokenRow.Of(200, "", (draft, keys) => (draft.Key, draft.KeyId) = (keys.WithCertificate.Rsa, keys.WithCertificate.KeyId)),
        ["good, serviceurl in other letters"] = TokenRow.Of(200, "", draft => draft.Claims["serviceurl"] = "https://SMBA.TrafficManager.net/EMEA/"),
        ["good, tenant in other letters"] = TokenRow.Of(200, "", Activity with { TenantId = TeamsHost.Tenant.ToUpperInvariant() }),
        ["good, another endorsed channel"] = TokenRow.Of(200, "", Activity with { ChannelId = "webchat" }),
        ["good, regional host"] = TokenRow.At("https://smba.infra.gcc.teams.microsoft.com/teams", 200, ""),

        ["signed with another key"] = TokenRow.Of(401, Signature, (draft, keys) => draft.Key = keys.NotPublished.Rsa),
        ["signed with another published key"] = TokenRow.Of(401, Signature, (draft, keys) => draft.Key = keys.OfAnotherChannel.Rsa),
        ["claims changed after signing"] = new(401, Signature, (draft, _) => Spliced(draft)),
        ["signature cut off"] = new(401, Signature, (draft, _) => $"Bearer {draft.Sign()[..^8]}"),
        ["signature empty"] = new(401, Signature, (draft, _) => $"Bearer {draft.Sign()[..(draft.Sign().LastIndexOf('.') + 1)]}"),
        ["algorithm none"] = TokenRow.Of(401, "algorithm", draft => draft.Algorithm = "none"),
        ["algorithm None"] = TokenRow.Of(401, "algorithm", draft => draft.Algorithm = "None"),
        ["HS256 with the public key"] = TokenRow.Of(401, "algorithm", draft => draft.Algorithm = "HS256"),
        ["PS256"] = TokenRow.Of(401, "algorithm", draft => draft.Algorithm = "PS256"),
        ["key id unknown"] = TokenRow.Of(401, UnknownKey, draft => draft.KeyId = "key-unheard-of"),
        ["key id unknown and its key too"] = TokenRow.Of(401, UnknownKey, (draft, keys) => (draft.Key, draft.KeyId) = (keys.NotPublished.Rsa, keys.NotPublished.KeyId)),
        ["key id missing"] = TokenRow.Of(401, "no key id", draft => draft.KeyId = null),

        ["issuer of the Gov cloud"] = TokenRow.Of(401, "issuer", draft => draft.Claims["iss"] = "https://api.botframework.us"),
        ["issuer of another host"] = TokenRow.Of(401, "issuer", draft => draft.Claims["iss"] = "https://api.botframework.com.evil.example"),
        ["issuer with a slash"] = TokenRow.Of(401, "issuer", draft => draft.Claims["iss"] = "https://api.botframework.com/"),
        ["issuer missing"] = TokenRow.Of(401, "issuer", draft => draft.Claims.Remove("iss")),
        ["issuer of Entra, which is off"] = TokenRow.Of(401, "issuer", (draft, keys) => MakeEntra(draft, keys.Identity)),
        ["issuer no text"] = TokenRow.Of(401, Unreadable, draft => draft.Claims["iss"] = 7),
        ["audience of another bot"] = TokenRow.Of(401, Audience, draft => draft.Claims["aud"] = "99999999-2222-4333-8444-555555555555"),
        ["audience missing"] = TokenRow.Of(401, Audience, draft => draft.Claims.Remove("aud")),
        ["audience api://"] = TokenRow.Of(401, Audience, draft => draft.Claims["aud"] = $"api://{TeamsHost.AppId}"),
        ["audience api://botid-"] = TokenRow.Of(401, Audience, draft => draft.Claims["aud"] = $"api://botid-{TeamsHost.AppId}"),
        ["audience of the connector"] = TokenRow.Of(401, Audience, draft => draft.Claims["aud"] = "https://api.botframework.com"),
        ["expired 6 minutes ago"] = TokenRow.Of(401, Lifetime, draft => Shift(draft, "exp", -66)),
        ["expired 4 minutes ago"] = TokenRow.Of(200, "", draft => Shift(draft, "exp", -64)),
        ["valid in 6 minutes"] = TokenRow.Of(401, Lifetime, draft => Shift(draft, "nbf", 6)),
        ["valid in 4 minutes"] = TokenRow.Of(200, "", draft => Shift(draft, "nbf", 4)),
        ["expiry missing"] = TokenRow.Of(401, Lifetime, draft => draft.Claims.Remove("exp")),

        ["key without endorsements"] = TokenRow.Of(401, "endorsement", (draft, keys) => (draft.Key, draft.KeyId) = (keys.WithoutEndorsements.Rsa, keys.WithoutEndorsements.KeyId)),
        ["key of another channel"] = TokenRow.Of(401, "endorsement", (draft, keys) => (draft.Key, draft.KeyId) = (keys.OfAnotherChannel.Rsa, keys.OfAnotherChannel.KeyId)),
        ["channel that the key does not speak for"] = TokenRow.Of(401, "endorsement", Activity with { ChannelId = "directline" }),
        ["channel missing"] = TokenRow.Of(401, "endorsement", Activity with { ChannelId = null }),

        ["serviceurl missing"] = TokenRow.Of(401, "no serviceurl claim", draft => draft.Claims.Remove("serviceurl")),
        ["serviceurl in camel case"] = TokenRow.Of(401, "no serviceurl claim", draft => Rename(draft, "serviceurl", "serviceUrl")),
        ["serviceurl empty"] = TokenRow.Of(401, "no serviceurl claim", draft => draft.Claims["serviceurl"] = ""),
        ["serviceurl a list"] = TokenRow.Of(400, "serviceUrl differs", draft => draft.Claims["serviceurl"] = new[] { TeamsHost.ServiceUrl, "https://evil.example/" }),
        ["serviceurl differs"] = TokenRow.Of(400, "serviceUrl differs", draft => draft.Claims["serviceurl"] = "https://smba.trafficmanager.net/amer/"),
        ["serviceurl without its slash"] = TokenRow.Of(400, "serviceUrl differs", draft => draft.Claims["serviceurl"] = TeamsHost.ServiceUrl.TrimEnd('/')),
        ["serviceUrl of the activity foreign"] = TokenRow.Of(400, "serviceUrl differs", Activity with { ServiceUrl = "https://evil.example/" }),
        ["serviceUrl of the activity missing"] = TokenRow.Of(400, "serviceUrl differs", Activity with { ServiceUrl = null }),
        ["foreign host"] = TokenRow.At("https://evil.example/emea/", 400, HostRefused),
        ["look-alike host, longer"] = TokenRow.At("https://smba.trafficmanager.net.evil.example/emea/", 400, HostRefused),
        ["look-alike host, before"] = TokenRow.At("https://evilsmba.trafficmanager.net/emea/", 400, HostRefused),
        ["look-alike host under the wildcard"] = TokenRow.At("https://evilteams.microsoft.com/", 400, HostRefused),
        ["http"] = TokenRow.At("http://smba.trafficmanager.net/emea/", 400, HostRefused),
        ["user info"] = TokenRow.At("https://smba.trafficmanager.net@evil.example/emea/", 400, HostRefused),
        ["another port"] = TokenRow.At("https://smba.trafficmanager.net:8443/emea/", 400, HostRefused),
        ["this machine"] = TokenRow.At("http://127.0.0.1:3978/", 400, HostRefused),

        ["another tenant"] = TokenRow.Of(403, "tenant not allowed", Activity with { TenantId = "00000000-bbbb-4ccc-8ddd-eeeeeeeeeeee" }),
        ["tenant missing"] = TokenRow.Of(403, "tenant not allowed", Activity with { TenantId = null }),

        ["no header"] = new(401, Unreadable, (_, _) => null),
        ["empty header"] = new(401, Unreadable, (_, _) => ""),
        ["bearer in lower case"] = new(401, Unreadable, (draft, _) => $"bearer {draft.Sign()}"),
        ["Bearer alone"] = new(401, Unreadable, (_, _) => "Bearer "),
        ["two spaces"] = new(401, Unreadable, (draft, _) => $"Bearer  {draft.Sign()}"),
        ["Basic"] = new(401, Unreadable, (_, _) => "Basic dXNlcjpwYXNz"),
        ["token without scheme"] = new(401, Unreadable, (draft, _) => draft.Sign()),
        ["two tokens"] = new(401, Unreadable, (draft, _) => $"Bearer {draft.Sign()}, Bearer {draft.Sign()}"),
        ["two tokens in one"] = new(401, Unreadable, (draft, _) => $"Bearer {draft.Sign()} {draft.Sign()}"),
        ["garbage of three parts"] = new(401, Unreadable, (_, _) => "Bearer aaaa.bbbb.cccc"),
        ["three empty parts"] = new(401, Unreadable, (_, _) => "Bearer .."),
        ["two parts"] = new(401, Unreadable, (draft, _) => $"Bearer {string.Join('.', draft.Sign().Split('.')[..2])}"),
        ["five parts"] = new(401, Unreadable, (draft, _) => $"Bearer {draft.Sign()}.x.y"),
        ["a header that is a list"] = new(401, Unreadable, (draft, _) => $"Bearer W10.{draft.Sign().Split('.')[1]}.x"),
        ["very long"] = new(401, Unreadable, (_, _) => $"Bearer {new string('a', 100_000)}.b.c"),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_token_gets_the_status_of_its_row(string name)
    {
        var row = Table[name];
        using var host = TeamsHost.Signed(keys: keys.Identity.CreateHandler());

        var verdict = await host.Validator.ValidateAsync(row.Header(host.Draft(keys.Good), keys), row.Activity ?? Activity, TestContext.Current.CancellationToken);

        verdict.HttpStatus.ShouldBe(row.Status);
        verdict.Reason.ShouldBe(row.Reason);
    }

    [Theory]
    [InlineData("69e9b82d-4842-4902-8d1e-abc5b98a55e8", "appid", "channel-app", true, 200)]
    [InlineData("69e9b82d-4842-4902-8d1e-abc5b98a55e8", "azp", "channel-app", true, 200)]
    [InlineData("69e9b82d-4842-4902-8d1e-abc5b98a55e8", "appid", TeamsHost.AppId, true, 401)]
    [InlineData("69e9b82d-4842-4902-8d1e-abc5b98a55e8", "appid", "some-other-bot", false, 401)]
    [InlineData("69e9b82d-4842-4902-8d1e-abc5b98a55e8", "oid", "somebody", true, 401)]
    [InlineData(TeamsHost.Tenant, "appid", "agent-of-a-customer", true, 401)]
    public async Task With_Entra_issuers_only_a_channel_of_the_service_tenants_is_let_in(string tenant, string claim, string value, bool hasServiceUrl, int status)
    {
        using var host = TeamsHost.Signed(keys: keys.Identity.CreateHandler(), settings: [("Teams:EntraIssuers", "true")]);
        var draft = host.Draft(keys.Good);
        MakeEntra(draft, keys.Identity);
        (draft.Claims["iss"], draft.Claims[claim]) = ($"https://sts.windows.net/{tenant}/", value);
        draft.Claims["ver"] = "1.0";
        draft.Claims["serviceurl"] = hasServiceUrl ? TeamsHost.ServiceUrl : null;

        var verdict = await host.Validator.ValidateAsync($"Bearer {draft.Sign()}", Activity, TestContext.Current.CancellationToken);

        verdict.HttpStatus.ShouldBe(status);
    }

    [Theory]
    [InlineData("https://api.botframework.us", 200)]
    [InlineData("https://api.botframework.com", 401)]
    public async Task The_Gov_cloud_takes_its_own_issuer(string issuer, int status)
    {
        using var host = TeamsHost.Signed(keys: keys.Identity.CreateHandler(), settings: [("Teams:Cloud", "UsGov")]);
        var draft = host.Draft(keys.Good);
        (draft.Claims["iss"], draft.Claims["serviceurl"]) = (issuer, "https://smba.infra.gov.teams.microsoft.us/teams");

        var verdict = await host.Validator.ValidateAsync(
            $"Bearer {draft.Sign()}", Activity with { ServiceUrl = "https://smba.infra.gov.teams.microsoft.us/teams" }, TestContext.Current.CancellationToken);

        verdict.HttpStatus.ShouldBe(status);
    }

    [Fact]
    public async Task The_listed_tenants_take_the_place_of_the_bots_own()
    {
        using var host = TeamsHost.Signed(keys: keys.Identity.CreateHandler(), settings: [("Teams:AllowedTenants:0", "tenant-1"), ("Teams:AllowedTenants:1", "tenant-2")]);
        var header = $"Bearer {host.Draft(keys.Good).Sign()}";

        var listed = await host.Validator.ValidateAsync(header, Activity with { TenantId = "tenant-2" }, TestContext.Current.CancellationToken);
        var own = await host.Validator.ValidateAsync(header, Activity, TestContext.Current.CancellationToken);

        (listed.HttpStatus, own.HttpStatus).ShouldBe((200, 403));
    }

    [Fact]
    public async Task Neither_a_token_nor_its_claims_are_logged()
    {
        using var host = TeamsHost.Signed(keys: keys.Identity.CreateHandler());
        var draft = host.Draft(keys.Good);
        draft.Claims["aud"] = "audience-of-a-stranger";
        var token = draft.Sign();

        await host.Validator.ValidateAsync($"Bearer {token}", Activity, TestContext.Current.CancellationToken);

        host.Logs.Lines.ShouldContain(line => line.Contains(Audience));
        host.Logs.Lines.ShouldAllBe(line => !line.Contains(token.Split('.')[1]) && !line.Contains("audience-of-a-stranger"));
    }

    private static void Shift(TokenDraft draft, string claim, int minutes) => draft.Claims[claim] = (long)draft.Claims[claim]! + (minutes * 60);

    private static void Rename(TokenDraft draft, string from, string to)
    {
        draft.Claims[to] = draft.Claims[from];
        draft.Claims.Remove(from);
    }

    private static void MakeEntra(TokenDraft draft, IdentityProvider identity)
    {
        (draft.Key, draft.KeyId) = (identity.EntraKey.Rsa, identity.EntraKey.KeyId);
        draft.Claims["iss"] = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/";
    }

    /// <summary>The claims of one token with the signature of another.</summary>
    private static string Spliced(TokenDraft draft)
    {
        var signature = draft.Sign().Split('.')[2];
        draft.Claims["serviceurl"] = "https://evil.example/";
        return $"Bearer {draft.Sign()[..draft.Sign().LastIndexOf('.')]}.{signature}";
    }
}
