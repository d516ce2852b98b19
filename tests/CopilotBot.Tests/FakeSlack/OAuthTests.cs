using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.Tests.FakeSlack;

public sealed class OAuthTests
{
    private const string Redirect = "https://bot.test/slack/oauth";

    [Fact]
    public async Task An_approved_code_becomes_a_token_once()
    {
        await using var bench = await Bench.StartAsync();
        var elsewhere = bench.Slack.AddWorkspace("Elsewhere", isInstalled: false);
        var back = bench.Slack.Approve("state", Redirect, bench.Ada, elsewhere);
        var query = QueryHelpers.ParseQuery(back.Query);
        var code = query["code"].ToString();

        (await AccessAsync(bench, ("code", code), ("redirect_uri", "https://x.test"))).Error.ShouldBe("bad_redirect_uri");
        var token = await AccessAsync(bench, ("code", code), ("redirect_uri", Redirect));
        (await AccessAsync(bench, ("code", code), ("redirect_uri", Redirect))).Error.ShouldBe("code_already_used");

        query["state"].ToString().ShouldBe("state");
        (token["team"].GetProperty("id").GetString(), token["bot_user_id"].GetString(), token["authed_user"].GetProperty("id").GetString()).ShouldBe((elsewhere.TeamId, elsewhere.BotUserId, bench.Ada.Id));
        elsewhere.IsInstalled.ShouldBeTrue();
        (await bench.FormWithAsync(token["access_token"].GetString(), "auth.test"))["team_id"].GetString().ShouldBe(elsewhere.TeamId);
        bench.Broken.ShouldBe(["redirect", "code-used"]);
    }

    [Fact]
    public async Task A_code_lives_ten_minutes_and_takes_the_apps_secret()
    {
        await using var bench = await Bench.StartAsync();
        var code = QueryHelpers.ParseQuery(bench.Slack.Approve("s", Redirect, bench.Ada).Query)["code"].ToString();

        (await bench.SendAsync($"{bench.Slack.ApiUrl}oauth.v2.access", Form(("code", code)), Basic($"{bench.Slack.ClientId}:wrong"), "Basic")).Error.ShouldBe("bad_client_secret");
        (await bench.SendAsync($"{bench.Slack.ApiUrl}oauth.v2.access", Form(("code", code)), null)).Error.ShouldBe("invalid_client_id");
        bench.Clock.Advance(TimeSpan.FromMinutes(10));

        (await AccessAsync(bench, ("code", code), ("redirect_uri", Redirect))).Error.ShouldBe("invalid_code");
    }

    [Fact]
    public async Task A_rotating_token_lives_twelve_hours_and_its_refresh_token_once()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.StartRotation(bench.Slack.Workspace.Install);
        var (old, refresh) = (bench.Slack.Workspace.BotToken, bench.Slack.Workspace.Install.RefreshToken!);

        var renewed = await AccessAsync(bench, ("grant_type", "refresh_token"), ("refresh_token", refresh));
        (await AccessAsync(bench, ("grant_type", "refresh_token"), ("refresh_token", refresh))).Error.ShouldBe("invalid_refresh_token");
        (await bench.FormWithAsync(old, "auth.test")).IsOk.ShouldBeTrue();
        bench.Clock.Advance(TimeSpan.FromHours(12));

        (renewed["expires_in"].GetInt32(), renewed["refresh_token"].GetString() == refresh).ShouldBe((43_200, false));
        (await bench.FormWithAsync(old, "auth.test")).Error.ShouldBe("token_expired");
        (await bench.FormWithAsync(renewed["access_token"].GetString(), "auth.test")).Error.ShouldBe("token_expired");
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_app_has_a_dead_token_and_may_not_use_it_once_told()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(BotStub.Answering(number => number <= 2 ? System.Net.HttpStatusCode.OK : System.Net.HttpStatusCode.InternalServerError));

        var told = await bench.Slack.UninstallAsync(bench.Slack.Workspace, Bench.Cancelled);

        told.IsTaken.ShouldBeTrue();
        bench.Bot.Events.Select(inner => inner.GetProperty("type").GetString()).ShouldBe(["tokens_revoked", "app_uninstalled"]);
        bench.Bot.Events[0].GetProperty("tokens").GetProperty("bot")[0].GetString().ShouldBe(bench.Slack.Workspace.BotUserId);
        (await bench.FormAsync("auth.test")).Error.ShouldBe("token_revoked");
        bench.Broken.ShouldBe(["token-revoked"]);
        (await bench.Slack.As(bench.Ada).SayAsync("Hello?", Bench.Cancelled)).Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_organisation_has_one_token_for_its_workspaces_and_no_team()
    {
        await using var bench = await Bench.StartAsync();
        var organization = bench.Slack.AddOrganization("Group");
        var (north, south) = (bench.Slack.AddWorkspace("North", organization), bench.Slack.AddWorkspace("South", organization));
        var wil = bench.Slack.AddUser(south, "Wil");
        var channel = bench.Slack.AddChannel(south, "south", [wil]);

        await bench.Slack.As(wil).SayAsync(channel, "Hello", cancellationToken: Bench.Cancelled);
        await bench.Slack.As(wil).CommandAsync(channel, "/ask", "x", Bench.Cancelled);

        var envelope = bench.Bot.Requests[0].Json;
        var authorization = envelope.GetProperty("authorizations")[0];
        (authorization.GetProperty("team_id").ValueKind, authorization.GetProperty("enterprise_id").GetString(), authorization.GetProperty("is_enterprise_install").GetBoolean())
            .ShouldBe((JsonValueKind.Null, organization.EnterpriseId, true));
        bench.Bot.Last.Form("is_enterprise_install").ShouldBe("true");
        (envelope.GetProperty("team_id").GetString(), wil.Id[0], north.BotToken).ShouldBe((south.TeamId, 'W', south.BotToken));
        (await bench.FormWithAsync(north.BotToken, "conversations.info", ("channel", channel.Id))).IsOk.ShouldBeTrue();
        (await bench.FormAsync("conversations.info", ("channel", channel.Id))).Error.ShouldBe("channel_not_found");
    }

    private static Task<Bench.Reply> AccessAsync(Bench bench, params (string Name, string Value)[] fields) =>
        bench.SendAsync($"{bench.Slack.ApiUrl}oauth.v2.access", Form(fields), Basic($"{bench.Slack.ClientId}:{bench.Slack.ClientSecret}"), "Basic");

    private static string Basic(string pair) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
