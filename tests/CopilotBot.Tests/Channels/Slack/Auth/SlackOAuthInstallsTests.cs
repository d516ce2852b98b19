using CopilotBot.Channels;
using CopilotBot.Channels.Slack.Auth;
using CopilotBot.Conversations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.Tests.Channels.Slack.Auth;

/// <summary>The rules of facts §7.</summary>
public sealed class SlackOAuthInstallsTests
{
    private const string Renewal = """{"ok":true,"access_token":"xoxe.xoxb-2","refresh_token":"xoxe-2","expires_in":43200,"token_type":"bot"}""";

    [Fact]
    public async Task A_token_lies_encrypted_in_the_store_and_is_found_for_its_workspace_alone()
    {
        using var host = SlackHost.Installable();
        Save(host, hours: null);

        (await FindAsync(host)).ShouldBe("xoxe.xoxb-1");
        (await host.Installations.FindTokenAsync("T2", TestContext.Current.CancellationToken)).ShouldBeNull();
        (await host.Installations.FindAsync("T1", TestContext.Current.CancellationToken)).ShouldNotBeNull().BotUserId.ShouldBe("U9");
        host.Store.Find("slack", "T1").ShouldNotBeNull().Protected.ShouldNotContain("xox");
    }

    [Fact]
    public async Task A_row_of_one_workspace_under_the_name_of_another_is_none()
    {
        using var host = SlackHost.Installable();
        Save(host, hours: null);
        host.Store.Save(host.Store.Find("slack", "T1")! with { Workspace = "T2" });

        (await host.Installations.FindTokenAsync("T2", TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_whose_key_is_lost_is_none_and_that_is_told_once()
    {
        using var host = SlackHost.Installable();
        host.Store.Save(new ChannelInstallation("slack", "T1", new EphemeralDataProtectionProvider().CreateProtector(SlackVault.Purpose).Protect("{}"), host.Clock.GetUtcNow()));

        (await FindAsync(host)).ShouldBeNull();
        (await FindAsync(host)).ShouldBeNull();

        host.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("Security:KeyRing");
    }

    [Fact]
    public async Task A_token_is_renewed_within_its_last_two_hours_once_for_all_who_ask()
    {
        using var slack = SlackStub.Always(200, Renewal);
        using var host = SlackHost.Installable(slack);
        Save(host, hours: 12);

        (await FindAsync(host)).ShouldBe("xoxe.xoxb-1");
        host.Clock.Advance(TimeSpan.FromHours(9.99));
        (await FindAsync(host)).ShouldBe("xoxe.xoxb-1");
        slack.Requests.ShouldBeEmpty();
        host.Clock.Advance(TimeSpan.FromHours(0.01));
        (await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => FindAsync(host)))).ShouldAllBe(token => token == "xoxe.xoxb-2");

        var request = slack.Requests.ShouldHaveSingleItem();
        request.Address.ShouldBe("https://slack.com/api/oauth.v2.access");
        request.Authorization.ShouldBe($"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{SlackHost.ClientId}:{SlackHost.ClientSecret}"))}");
        var form = QueryHelpers.ParseQuery(request.Body);
        (form["grant_type"].ToString(), form["refresh_token"].ToString()).ShouldBe(("refresh_token", "xoxe-1"));
        var install = (await host.Installations.FindAsync("T1", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (install.RefreshToken, install.Expires, install.Installed).ShouldBe(("xoxe-2", host.Clock.GetUtcNow().AddHours(12), host.Clock.GetUtcNow().AddHours(-10)));
        host.Logs.Lines.ShouldAllBe(line => !line.Contains("xox") && !line.Contains(SlackHost.ClientSecret));
    }

    [Theory]
    [InlineData(503, "", "TryAgain", "503", 60)]
    [InlineData(429, "", "TryAgain", "429", 7)]
    [InlineData(200, """{"ok":false,"error":"bad_client_secret"}""", "Forbidden", "bad_client_secret", 0)]
    [InlineData(200, """{"ok":false,"error":"invalid_refresh_token"}""", "Forbidden", "invalid_refresh_token", 0)]
    public async Task A_token_that_cannot_be_renewed_is_used_until_it_ends(int status, string body, string expected, string reason, int seconds)
    {
        (string, string)[] headers = status == 429 ? [("Retry-After", "7")] : [];
        using var slack = new SlackStub { ByMethod = (method, _) => Task.FromResult(method == "oauth.v2.access" ? SlackStub.Response(status, body, headers) : SlackStub.Response(200, """{"ok":true}""")) };
        using var host = SlackHost.Installable(slack);
        Save(host, hours: 1);

        (await FindAsync(host)).ShouldBe("xoxe.xoxb-1");
        (await FindAsync(host)).ShouldBe("xoxe.xoxb-1");
        slack.Requests.Count.ShouldBe(1, "not for each message");

        host.Clock.Advance(TimeSpan.FromHours(1));
        var reply = await host.Api.CallAsync("T1", "chat.postMessage", [], TestContext.Current.CancellationToken);
        reply.Result.ShouldBe(new SendResult(Enum.Parse<SendStatus>(expected), Wait: seconds > 0 ? TimeSpan.FromSeconds(seconds) : null, Reason: reason));
        slack.Of("chat.postMessage").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refresh_token_that_somebody_else_used_is_read_once_more()
    {
        SlackHost? host = null;
        using var slack = new SlackStub
        {
            ByMethod = (_, _) =>
            {
                Save(host!, hours: 12, token: "xoxe.xoxb-3", refresh: "xoxe-3");
                return Task.FromResult(SlackStub.Response(200, """{"ok":false,"error":"invalid_refresh_token"}"""));
            },
        };
        using (host = SlackHost.Installable(slack))
        {
            Save(host, hours: 1);

            (await FindAsync(host)).ShouldBe("xoxe.xoxb-3");
            slack.Requests.Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("token_expired")]
    [InlineData("invalid_auth")]
    public async Task A_refused_token_is_renewed_once_and_the_call_made_once_more(string error)
    {
        using var slack = new SlackStub
        {
            ByMethod = (method, _) => Task.FromResult(SlackStub.Response(200, method == "oauth.v2.access" ? Renewal : $$"""{"ok":false,"error":"{{error}}"}""")),
        };
        using var host = SlackHost.Installable(slack);
        Save(host, hours: 12);

        (await host.Api.CallAsync("T1", "chat.update", [], TestContext.Current.CancellationToken)).Result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: error));
        (await host.Api.CallAsync("T1", "chat.update", [], TestContext.Current.CancellationToken)).Result.Status.ShouldBe(SendStatus.Forbidden);

        slack.Of("chat.update").Select(request => request.Authorization).ShouldBe(["Bearer xoxe.xoxb-1", "Bearer xoxe.xoxb-2", "Bearer xoxe.xoxb-2"]);
        slack.Of("oauth.v2.access").Count.ShouldBe(1, "a Slack that refuses every token is not asked for each message");
    }

    [Fact]
    public async Task A_refused_token_that_cannot_be_renewed_just_now_is_no_reason_to_give_the_message_up()
    {
        using var slack = new SlackStub
        {
            ByMethod = (method, _) => Task.FromResult(method == "oauth.v2.access" ? SlackStub.Response(503) : SlackStub.Response(200, """{"ok":false,"error":"token_expired"}""")),
        };
        using var host = SlackHost.Installable(slack);
        Save(host, hours: 12);

        (await host.Api.CallAsync("T1", "chat.update", [], TestContext.Current.CancellationToken)).Result
            .ShouldBe(new SendResult(SendStatus.TryAgain, Wait: TimeSpan.FromMinutes(1), Reason: "503"));
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        (await host.Api.CallAsync("T1", "chat.update", [], TestContext.Current.CancellationToken)).Result.Wait.ShouldBe(TimeSpan.FromSeconds(40));
        slack.Of("oauth.v2.access").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_token_that_does_not_rotate_is_refused()
    {
        using var slack = SlackStub.Always(200, """{"ok":false,"error":"account_inactive"}""");
        using var host = SlackHost.Installable(slack);
        Save(host, hours: null);

        (await host.Api.CallAsync("T1", "chat.update", [], TestContext.Current.CancellationToken)).Result.ShouldBe(new SendResult(SendStatus.Forbidden, Reason: "account_inactive"));
        slack.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_app_that_is_removed_while_its_token_is_renewed_stays_removed()
    {
        SlackHost? host = null;
        using var slack = new SlackStub
        {
            ByMethod = (_, _) =>
            {
                host!.Installations.Remove("T1", host.Clock.GetUtcNow());
                return Task.FromResult(SlackStub.Response(200, Renewal));
            },
        };
        using (host = SlackHost.Installable(slack))
        {
            Save(host, hours: 1);

            (await FindAsync(host)).ShouldBeNull();
            host.Store.GetInstallations("slack").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_removal_from_before_the_install_is_ignored()
    {
        using var host = SlackHost.Installable();
        Save(host, hours: null);

        host.Installations.Remove("T1", host.Clock.GetUtcNow().AddSeconds(-1));
        (await FindAsync(host)).ShouldNotBeNull();
        host.Installations.Remove("T1", host.Clock.GetUtcNow());
        (await FindAsync(host)).ShouldBeNull();
    }

    private static Task<string?> FindAsync(SlackHost host) => host.Installations.FindTokenAsync("T1", TestContext.Current.CancellationToken);

    private static void Save(SlackHost host, int? hours, string token = "xoxe.xoxb-1", string refresh = "xoxe-1")
    {
        var now = host.Clock.GetUtcNow();
        host.Get<SlackVault>().Save(new SlackInstallation("T1", null, "T1", false, "A9", "U9", token, hours is null ? null : refresh, hours is { } count ? now.AddHours(count) : null, now));
    }
}
