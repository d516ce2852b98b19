using CopilotBot.Channels.Teams;
using CopilotBot.Channels.Teams.Auth;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Channels.Teams.Auth;

public sealed class TeamsSetupTests
{
    [Theory]
    [InlineData("Teams:Anonymous", "true", "Teams:Anonymous and Teams:AppId are both set")]
    [InlineData("Teams:AppId", "api://11111111-2222-4333-8444-555555555555", "Teams:AppId is not an application (client) id")]
    [InlineData(TeamsSecrets.SecretVariable, "", "Teams has an AppId but no secret")]
    [InlineData("Teams:Credential", "Certificate", "set Teams:CertificateFile")]
    [InlineData("Teams:TenantId", "evil.example/common?", "Teams:TenantId is neither")]
    [InlineData("Teams:TenantId", "", "Nobody could use the bot")]
    [InlineData("Teams:TenantId", "contoso.example", "Nobody could use the bot")]
    [InlineData("Teams:OpenIdMetadata", "http://login.example/keys", "Teams:OpenIdMetadata is neither")]
    [InlineData("Teams:ServiceHosts:0", "*", "Teams:ServiceHosts holds something that is no host name")]
    [InlineData("Teams:Cloud", "China", "The service hosts of the cloud China are not known")]
    [InlineData("Teams:KeysRefreshSeconds", "0", "KeysRefreshSeconds")]
    public void Settings_that_cannot_work_are_refused_with_what_to_do(string key, string value, string sentence)
    {
        using var host = TeamsHost.Signed(settings: [(key, value)]);

        var problem = Should.Throw<OptionsValidationException>(() => host.Get<IOptions<TeamsAuthOptions>>().Value);

        problem.Message.ShouldContain(sentence);
        problem.Message.ShouldNotContain(TeamsHost.Secret);
    }

    [Fact]
    public void A_certificate_file_that_does_not_open_is_named_by_its_setting()
    {
        var options = new TeamsAuthOptions { AppId = TeamsHost.AppId, TenantId = TeamsHost.Tenant, Credential = TeamsCredential.Certificate, CertificateFile = "/nowhere.pfx" };

        TeamsSetup.Problem(options, new TeamsOptions(), new TeamsSecrets { CertificatePassword = "p4ssw0rd" })
            .ShouldBe("Teams:CertificateFile cannot be opened with its private key: check the path and the environment variable COPILOTBOT_TEAMS_CERTIFICATE_PASSWORD.");
    }

    [Theory]
    [InlineData("Teams:Cloud", "UsGov")]
    [InlineData("Teams:Credential", "ManagedIdentity")]
    [InlineData("Teams:Credential", "FederatedIdentity")]
    [InlineData("Teams:ServiceHosts:0", "*.botframework.azure.cn")]
    public void Settings_that_can_work_are_taken(string key, string value)
    {
        using var host = TeamsHost.Signed(settings: [(key, value)]);

        host.Get<IOptions<TeamsAuthOptions>>().Value.AppId.ShouldBe(TeamsHost.AppId);
    }

    [Fact]
    public void Anonymous_alone_needs_nothing_else()
    {
        using var host = TeamsHost.Anonymous();

        host.Get<IOptions<TeamsAuthOptions>>().Value.AppId.ShouldBeEmpty();
    }
}
