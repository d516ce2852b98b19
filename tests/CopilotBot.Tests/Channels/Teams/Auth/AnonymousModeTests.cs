using CopilotBot.Channels.Teams.Auth;

namespace CopilotBot.Tests.Channels.Teams.Auth;

public sealed class AnonymousModeTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:56150/", 200)]
    [InlineData("", "http://127.0.0.1:56150/", 200)]
    [InlineData("Bearer aaaa.bbbb.cccc", "http://127.0.0.1:56150/", 401)]
    [InlineData(null, "https://evil.example/", 400)]
    [InlineData(null, null, 400)]
    public async Task A_request_without_a_token_is_let_in_when_it_names_this_machine(string? header, string? serviceUrl, int status)
    {
        using var host = TeamsHost.Anonymous();

        var verdict = await host.Validator.ValidateAsync(header, new InboundFacts(serviceUrl, "msteams"), TestContext.Current.CancellationToken);

        verdict.HttpStatus.ShouldBe(status);
    }

    [Fact]
    public async Task Listed_tenants_hold_in_anonymous_mode_too()
    {
        using var host = TeamsHost.Anonymous(settings: [("Teams:AllowedTenants:0", TeamsHost.Tenant)]);

        var verdict = await host.Validator.ValidateAsync(null, new InboundFacts("http://localhost:1/", "msteams", "another"), TestContext.Current.CancellationToken);

        verdict.HttpStatus.ShouldBe(403);
    }
}
