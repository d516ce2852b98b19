using CopilotBot.Channels.Slack;
using CopilotBot.Channels.Slack.Auth;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Channels.Slack.Auth;

public sealed class SlackSetupTests
{
    [Theory]
    [InlineData("Slack:SocketMode", "true", "Slack:SocketMode needs an app token")]
    [InlineData(SlackSecrets.SigningSecretVariable, "", "Slack has no signing secret")]
    [InlineData(SlackSecrets.BotTokenVariable, "", "Slack has no bot token")]
    [InlineData(SlackSecrets.BotTokenVariable, "xoxp-of-a-person", "no bot token")]
    [InlineData(SlackSecrets.BotTokenVariable, "xoxe.xoxb-1", "a token that expires")]
    [InlineData("Slack:ClientId", "1.2", "are both set")]
    [InlineData("Slack:ApiUrl", "http://slack.example/api/", "Slack:ApiUrl is neither")]
    [InlineData("Slack:ApiUrl", "slack", "Slack:ApiUrl is neither")]
    [InlineData("Slack:EmailDomains:0", "example.com", "Slack:EmailDomains without Slack:AllowedTeams")]
    [InlineData("Slack:AllowedTeams:0", "example.slack.com", "Slack:AllowedTeams holds something that is no id")]
    [InlineData("Slack:Sockets", "11", "Sockets")]
    public void Settings_that_cannot_work_are_refused_with_what_to_do(string key, string value, string sentence)
    {
        using var host = SlackHost.OneWorkspace(settings: [(key, value)]);

        var problem = Should.Throw<OptionsValidationException>(() => host.Get<IOptions<SlackOptions>>().Value);

        problem.Message.ShouldContain(sentence);
        problem.Message.ShouldNotContain(SlackHost.BotToken);
        problem.Message.ShouldNotContain(SlackHost.SigningSecret);
    }

    [Theory]
    [InlineData("", "https://copilot.example", "needs a client secret")]
    [InlineData("secret", "", "needs Slack:PublicUrl")]
    [InlineData("secret", "http://copilot.example", "needs Slack:PublicUrl")]
    public void An_install_by_oauth_needs_its_secret_and_its_address(string secret, string publicUrl, string sentence) =>
        SlackSetup.Problem(new SlackOptions { ClientId = "1.2", PublicUrl = publicUrl }, new SlackSecrets { SigningSecret = "s", ClientSecret = secret }).ShouldNotBeNull().ShouldContain(sentence);

    [Fact]
    public void An_app_token_begins_as_one() =>
        SlackSetup.Problem(new SlackOptions { SocketMode = true }, new SlackSecrets { BotToken = "xoxb-1", AppToken = "xoxb-1" }).ShouldNotBeNull().ShouldContain("no app token");

    [Fact]
    public void What_is_not_set_at_all_is_off_and_no_problem()
    {
        SlackSetup.Problem(new SlackOptions(), new SlackSecrets()).ShouldBeNull();
        SlackSetup.IsOn(new SlackOptions(), new SlackSecrets()).ShouldBeFalse();
    }

    [Fact]
    public void Settings_that_can_work_are_taken()
    {
        using var host = SlackHost.OneWorkspace(settings: [("Slack:AllowedTeams:0", "T1"), ("Slack:EmailDomains:0", "example.com")]);
        SlackSetup.IsOn(host.Get<IOptions<SlackOptions>>().Value, host.Get<IOptions<SlackSecrets>>().Value).ShouldBeTrue();

        SlackSetup.Problem(new SlackOptions { SocketMode = true }, new SlackSecrets { BotToken = "xoxb-1", AppToken = "xapp-1" }).ShouldBeNull();
        var (options, secrets) = (new SlackOptions { ClientId = "1.2", PublicUrl = "https://copilot.example" }, new SlackSecrets { SigningSecret = "s", ClientSecret = "c" });
        SlackSetup.Problem(options, secrets).ShouldBeNull();
        SlackSetup.IsInstallable(options, secrets).ShouldBeTrue();
    }
}
