using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CopilotBot.Channels.Teams.Auth;
using CopilotBot.FakeIdentity;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Teams.Auth;

public sealed class ConnectorTokensTests
{
    [Theory]
    [InlineData("Public", TeamsHost.Tenant, "https://login.microsoftonline.com/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/oauth2/v2.0/token", "https://api.botframework.com/.default")]
    [InlineData("Public", "", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token", "https://api.botframework.com/.default")]
    [InlineData("UsGov", TeamsHost.Tenant, "https://login.microsoftonline.us/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/oauth2/v2.0/token", "https://api.botframework.us/.default")]
    [InlineData("UsGov", "", "https://login.microsoftonline.us/microsoftservices.onmicrosoft.us/oauth2/v2.0/token", "https://api.botframework.us/.default")]
    [InlineData("China", TeamsHost.Tenant, "https://login.partner.microsoftonline.cn/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee/oauth2/v2.0/token", "https://api.botframework.azure.cn/.default")]
    public async Task The_token_comes_from_the_authority_of_cloud_and_tenant(string cloud, string tenant, string address, string scope)
    {
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, TeamsHost.Secret);
        using var host = TeamsHost.Signed(tokens: endpoint, settings:
        [
            ("Teams:Cloud", cloud), ("Teams:TenantId", tenant), ("Teams:AllowedTenants:0", TeamsHost.Tenant), ("Teams:ServiceHosts:0", "smba.example.com"),
        ]);

        var token = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        token.Problem.ShouldBeNull();
        token.Value.ShouldBe("token-1");
        var request = endpoint.Requests.ShouldHaveSingleItem();
        request.Address.AbsoluteUri.ShouldBe(address, StringCompareShould.IgnoreCase);
        request.Form.ShouldContain(Uri.EscapeDataString(scope), Case.Insensitive);
    }

    [Fact]
    public async Task Twenty_callers_at_once_make_one_token_request()
    {
        var gate = new TaskCompletionSource();
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, TeamsHost.Secret) { Gate = gate.Task };
        using var host = TeamsHost.Signed(tokens: endpoint);
        var tokens = host.Tokens;

        var callers = Enumerable.Range(0, 20).Select(_ => Task.Run(() => tokens.GetAsync(TestContext.Current.CancellationToken))).ToList();
        gate.SetResult();
        var values = (await Task.WhenAll(callers)).Select(token => token.Value);

        values.ShouldAllBe(value => value == "token-1");
        endpoint.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Twenty_refusals_of_one_token_renew_it_once()
    {
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, TeamsHost.Secret);
        using var host = TeamsHost.Signed(tokens: endpoint);
        var refused = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.Tokens.RenewAsync(refused, TestContext.Current.CancellationToken))));

        renewed.ShouldAllBe(token => token.Value == "token-2");
        endpoint.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_refuses_every_token_gets_one_new_one_a_minute()
    {
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, TeamsHost.Secret);
        using var host = TeamsHost.Signed(tokens: endpoint);
        var first = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        var second = await host.Tokens.RenewAsync(first, TestContext.Current.CancellationToken);
        var still = await host.Tokens.RenewAsync(second, TestContext.Current.CancellationToken);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await host.Tokens.RenewAsync(second, TestContext.Current.CancellationToken);

        (second.Value, still.Value, third.Value).ShouldBe(("token-2", "token-2", "token-3"));
    }

    [Fact]
    public async Task A_wrong_secret_is_told_by_its_code_and_not_repeated_in_any_text()
    {
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, "another-secret");
        using var host = TeamsHost.Signed(tokens: endpoint);

        var token = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        (token.Value, token.Problem, token.IsTransient).ShouldBe((null, "token invalid_client", false));
        host.Logs.Lines.ShouldAllBe(line => !line.Contains(TeamsHost.Secret));
    }

    [Fact]
    public async Task A_token_service_in_trouble_is_another_time_s_matter_and_is_asked_again()
    {
        // MSAL minds trouble of an app for the whole process, so this app is nobody else's.
        var app = Guid.NewGuid().ToString();
        using var endpoint = new TokenEndpoint(app, TeamsHost.Secret);
        endpoint.Failures.Enqueue((HttpStatusCode.ServiceUnavailable, "temporarily_unavailable", null));
        using var host = TeamsHost.Signed(tokens: endpoint, settings: [("Teams:AppId", app)]);

        var failed = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);
        var token = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        (failed.Value, failed.IsTransient).ShouldBe((null, true));
        token.Value.ShouldBe("token-1");
        endpoint.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_service_that_throttles_says_how_long()
    {
        // MSAL minds trouble of an app for the whole process, so this app is nobody else's.
        var app = Guid.NewGuid().ToString();
        using var endpoint = new TokenEndpoint(app, TeamsHost.Secret);
        endpoint.Failures.Enqueue((HttpStatusCode.TooManyRequests, "throttled", 7));
        using var host = TeamsHost.Signed(tokens: endpoint, settings: [("Teams:AppId", app)]);

        var token = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        (token.IsTransient, token.Wait).ShouldBe((true, TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task A_token_service_that_cannot_be_reached_is_no_exception()
    {
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, TeamsHost.Secret) { IsUnreachable = true };
        using var host = TeamsHost.Signed(tokens: endpoint);

        var token = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        (token.Value, token.IsTransient).ShouldBe((null, true));
    }

    [Fact]
    public async Task A_certificate_signs_an_assertion_and_shows_its_chain()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "bot.pfx");
        using (var rsa = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=bot", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "p4ssw0rd"), TestContext.Current.CancellationToken);
        }

        using var endpoint = new TokenEndpoint(TeamsHost.AppId);
        using var host = TeamsHost.Signed(tokens: endpoint, settings:
        [
            ("Teams:Credential", "Certificate"), ("Teams:CertificateFile", file), (TeamsSecrets.PasswordVariable, "p4ssw0rd"),
        ]);

        (await host.Tokens.GetAsync(TestContext.Current.CancellationToken)).Value.ShouldBe("token-1");
        endpoint.Requests.ShouldHaveSingleItem().Form.ShouldContain("client_assertion=");
    }

    [Fact]
    public async Task Anonymous_mode_asks_nobody_for_a_token()
    {
        using var host = TeamsHost.Anonymous();

        var token = await host.Tokens.GetAsync(TestContext.Current.CancellationToken);

        (token.Value, token.Problem).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_token_prints_as_its_type()
    {
        using var endpoint = new TokenEndpoint(TeamsHost.AppId, TeamsHost.Secret);
        using var host = TeamsHost.Signed(tokens: endpoint);

        $"{await host.Tokens.GetAsync(TestContext.Current.CancellationToken)}".ShouldNotContain("token-1");
    }
}
