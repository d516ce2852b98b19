using CopilotBot.Channels;

namespace CopilotBot.Tests.Channels.Slack.Auth;

public sealed class SlackOwnInstallTests
{
    [Fact]
    public async Task Slack_is_asked_once_whose_the_token_is_and_no_other_workspace_gets_it()
    {
        using var slack = SlackStub.Always(200, SlackHost.WhoAmI);
        using var host = SlackHost.OneWorkspace(slack);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FindAsync(host, "T1")));

        tokens.ShouldAllBe(token => token == SlackHost.BotToken);
        (await FindAsync(host, "T2")).ShouldBeNull();
        (await FindAsync(host, "")).ShouldBeNull();
        slack.Requests.ShouldHaveSingleItem().ShouldBe(("https://slack.com/api/auth.test", $"Bearer {SlackHost.BotToken}", "", "application/x-www-form-urlencoded; charset=utf-8"));
        var install = (await host.Installations.FindAsync("T1", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (install.BotUserId, install.AppId, install.TeamId, install.IsOrgWide).ShouldBe(("U9", "A9", "T1", false));
        install.ToString().ShouldNotContain(SlackHost.BotToken);
    }

    [Fact]
    public async Task An_install_of_the_whole_organisation_is_found_under_its_id()
    {
        using var slack = SlackStub.Always(200, """{"ok":true,"team_id":"T1","enterprise_id":"E1","user_id":"U9","is_enterprise_install":true}""");
        using var host = SlackHost.OneWorkspace(slack);

        (await FindAsync(host, "E1")).ShouldBe(SlackHost.BotToken);
        (await FindAsync(host, "T1")).ShouldBeNull();
    }

    [Fact]
    public async Task Trouble_of_Slack_is_no_reason_to_give_up_and_is_not_asked_about_for_each_message()
    {
        using var slack = new SlackStub(SlackStub.Reply(503), SlackStub.Reply(200, SlackHost.WhoAmI));
        using var host = SlackHost.OneWorkspace(slack);

        var first = await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken);
        var second = await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken);

        first.Result.ShouldBe(new SendResult(SendStatus.TryAgain, Wait: TimeSpan.FromSeconds(5), Reason: "503"));
        second.Result.Status.ShouldBe(SendStatus.TryAgain);
        slack.Requests.Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_dead_token_is_refused_and_asked_about_again_after_a_minute()
    {
        using var slack = SlackStub.Always(200, """{"ok":false,"error":"invalid_auth"}""");
        using var host = SlackHost.OneWorkspace(slack);

        for (var call = 0; call < 3; call++)
        {
            (await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken)).Result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: "invalid_auth"));
        }

        slack.Requests.Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await FindAsync(host, "T1");
        slack.Requests.Count.ShouldBe(2);
        host.Logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldNotContain(SlackHost.BotToken);
    }

    [Fact]
    public async Task After_a_removal_the_token_is_dead_but_not_for_one_from_before_the_start()
    {
        using var slack = SlackStub.Always(200, SlackHost.WhoAmI);
        using var host = SlackHost.OneWorkspace(slack);
        (await FindAsync(host, "T1")).ShouldBe(SlackHost.BotToken);

        host.Installations.Remove("T1", host.Clock.GetUtcNow().AddSeconds(-1));
        (await FindAsync(host, "T1")).ShouldBe(SlackHost.BotToken);
        host.Installations.Remove("T2", host.Clock.GetUtcNow());
        (await FindAsync(host, "T1")).ShouldBe(SlackHost.BotToken);
        host.Installations.Remove("T1", host.Clock.GetUtcNow());
        host.Installations.Remove("T2", host.Clock.GetUtcNow());

        (await FindAsync(host, "T1")).ShouldBeNull();
        (await host.Installations.FindAsync("T1", TestContext.Current.CancellationToken)).ShouldBeNull();
        (await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken)).Result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: "not installed"));
        slack.Requests.Count.ShouldBe(1);
    }

    private static Task<string?> FindAsync(SlackHost host, string workspace) => host.Installations.FindTokenAsync(workspace, TestContext.Current.CancellationToken);
}
