using CopilotBot.Channels.Teams.Auth;
using CopilotBot.Conversations;
using CopilotBot.FakeIdentity;
using CopilotBot.Tests.Channels.Teams.Auth;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>The whole server with tokens both ways: keys from a fake identity provider, the bot's own token through MSAL from a fake token service.</summary>
public sealed class SignedTeamsTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";

    [Fact]
    public async Task A_signed_question_is_answered_with_the_bots_own_token_and_a_forged_one_leaves_nothing_behind()
    {
        await using var identity = await IdentityProvider.StartAsync();
        var app = Guid.NewGuid().ToString();
        using var tokens = new TokenEndpoint(app, TeamsHost.Secret);
        await using var teams = await TeamsDriver.StartAsync(demo, services => services.AddHttpClient(TokenHttp.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => tokens), new Dictionary<string, string?>
        {
            ["Teams:Anonymous"] = "false",
            ["Teams:AppId"] = app,
            ["Teams:TenantId"] = TeamsHost.Tenant,
            ["Teams:OpenIdMetadata"] = identity.MetadataUrl,
            ["Teams:ServiceHosts:0"] = "127.0.0.1",
            ["Teams:KeysRefreshSeconds"] = "1",
            [TeamsSecrets.SecretVariable] = TeamsHost.Secret,
        });
        var bot = teams.Bot;
        bot.Teams.Authorize = header => header == "Bearer token-1";
        string Token(string audience) => new TokenDraft(identity.Key, audience, bot.Teams.ServiceUrl, TimeProvider.System.GetUtcNow()).Sign();

        bot.Client.Bearer = () => Task.FromResult<string?>(Token("another-app"));
        (await teams.Person("Maren Osei").SayAsync(Laptop, TestContext.Current.CancellationToken)).Status.ShouldBe(401);
        bot.Client.Bearer = () => Task.FromResult<string?>(null);
        (await teams.Person("Maren Osei").SayAsync(Laptop, TestContext.Current.CancellationToken)).Status.ShouldBe(401);
        teams.Services.GetRequiredService<IChannelStore>().GetOpenTurns().ShouldBeEmpty();
        bot.Teams.Calls.ShouldBeEmpty();

        bot.Client.Bearer = () => Task.FromResult<string?>(Token(app));
        var asked = await teams.AskPersonallyAsync("Alba Quintero", Laptop);
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(asked).ShouldHaveSingleItem().ShouldContain("service desk in Stromvik");

        identity.Rotate();
        var later = await teams.AskPersonallyAsync("Alba Quintero", Laptop);
        await ChannelConformance.SettleAsync(teams);
        teams.Answers(later).Count.ShouldBe(2);
        teams.BrokenRules.ShouldBeEmpty();
        tokens.Requests.Count.ShouldBe(1);
        bot.Log.ShouldNotContain(TeamsHost.Secret);
        bot.Log.ShouldNotContain("token-1");
    }
}
