using CopilotBot.Channels.Slack.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CopilotBot.Tests.Channels.Slack.Auth;

public sealed class SlackOAuthEndpointTests
{
    private const string Access =
        """{"ok":true,"access_token":"xoxb-7","token_type":"bot","scope":"chat:write","bot_user_id":"U7","app_id":"A7","team":{"id":"T7"},"enterprise":null,"is_enterprise_install":false,"authed_user":{"id":"U1"}}""";

    [Fact]
    public async Task An_install_goes_to_Slack_with_a_state_for_this_browser_and_comes_back_with_a_token()
    {
        using var slack = SlackStub.Always(200, Access);
        using var host = SlackHost.Installable(slack);

        var (begun, state) = await BeginAsync(host);
        begun.Response.StatusCode.ShouldBe(302);
        var to = new Uri(begun.Response.Headers.Location.ToString());
        to.GetLeftPart(UriPartial.Path).ShouldBe("https://slack.com/oauth/v2/authorize");
        var query = QueryHelpers.ParseQuery(to.Query);
        (query["client_id"].ToString(), query["redirect_uri"].ToString()).ShouldBe((SlackHost.ClientId, "https://copilot.example/slack/oauth_redirect"));
        query["scope"].ToString().Split(',').ShouldBe(SlackScopes.Bot);
        begun.Response.Headers.SetCookie.ToString().ShouldBe($"{SlackOAuthEndpoint.Cookie}={state}; max-age=600; path=/; secure; samesite=lax; httponly");

        var (status, page) = await EndAsync(host, $"?code=c0de&state={state}", state);

        (status, page.Contains("<h1>Installed</h1>", StringComparison.Ordinal)).ShouldBe((200, true));
        var form = QueryHelpers.ParseQuery(slack.Requests.ShouldHaveSingleItem().Body);
        (form["code"].ToString(), form["redirect_uri"].ToString()).ShouldBe(("c0de", "https://copilot.example/slack/oauth_redirect"));
        (await host.Installations.FindTokenAsync("T7", TestContext.Current.CancellationToken)).ShouldBe("xoxb-7");
        host.Logs.Lines.ShouldAllBe(line => !line.Contains("xoxb-7") && !line.Contains("c0de") && !line.Contains(SlackHost.ClientSecret));
    }

    [Fact]
    public async Task An_install_of_the_whole_organisation_is_kept_under_its_id()
    {
        using var slack = SlackStub.Always(200, """{"ok":true,"access_token":"xoxb-8","token_type":"bot","bot_user_id":"U7","app_id":"A7","team":null,"enterprise":{"id":"E7"},"is_enterprise_install":true}""");
        using var host = SlackHost.Installable(slack);

        var (_, state) = await BeginAsync(host);
        (await EndAsync(host, $"?code=c0de&state={state}", state)).Status.ShouldBe(200);

        var install = (await host.Installations.FindAsync("E7", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (install.IsOrgWide, install.TeamId, install.EnterpriseId).ShouldBe((true, null, "E7"));
    }

    [Fact]
    public async Task A_state_is_good_once_for_ten_minutes_and_for_its_own_browser()
    {
        using var slack = SlackStub.Always(200, Access);
        using var host = SlackHost.Installable(slack);
        var (_, state) = await BeginAsync(host);
        var (_, other) = await BeginAsync(host);

        (await EndAsync(host, $"?code=c&state={state}", cookie: null)).Status.ShouldBe(400);
        (await EndAsync(host, $"?code=c&state={state}", other)).Status.ShouldBe(400);
        (await EndAsync(host, "?code=c", cookie: null)).Status.ShouldBe(400);
        (await EndAsync(host, "?code=c&state=mine", "mine")).Status.ShouldBe(400);
        (await EndAsync(host, $"?code=c&state={state}&state={state}", state)).Status.ShouldBe(400);
        slack.Requests.ShouldBeEmpty();
        (await EndAsync(host, $"?code=c&state={state}", state)).Status.ShouldBe(200, "what another browser tried changed nothing");
        (await EndAsync(host, $"?code=c&state={state}", state)).Status.ShouldBe(400);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await EndAsync(host, $"?code=c&state={other}", other)).Status.ShouldBe(400);
        slack.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("error=access_denied", 200, "You did not allow it")]
    [InlineData("error=invalid_scope", 200, "Slack says: invalid_scope")]
    [InlineData("error=%3Cscript%3E", 200, "Slack says: an error")]
    [InlineData("", 400, "Slack sent no code")]
    [InlineData("code=used", 502, "Slack gave no token (invalid_code)")]
    [InlineData("code=person", 502, "Slack gave no token (an error)")]
    public async Task What_went_wrong_is_told(string query, int status, string sentence)
    {
        using var slack = new SlackStub
        {
            ByMethod = (_, body) => Task.FromResult(SlackStub.Response(200, body.Contains("used", StringComparison.Ordinal)
                ? """{"ok":false,"error":"invalid_code"}"""
                : """{"ok":true,"access_token":"xoxp-1","token_type":"user","team":{"id":"T7"}}""")),
        };
        using var host = SlackHost.Installable(slack);
        var (_, state) = await BeginAsync(host);

        var (actual, page) = await EndAsync(host, $"?{query}&state={state}", state);

        actual.ShouldBe(status);
        page.ShouldContain("<h1>Not installed</h1>");
        page.ShouldContain(sentence);
        page.ShouldNotContain("<script");
        host.Store.GetInstallations("slack").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_client_id_there_is_nothing_and_only_GET_is_answered()
    {
        using var host = SlackHost.OneWorkspace();
        (await HandleAsync(host, SlackOAuthEndpoint.InstallPath)).Response.StatusCode.ShouldBe(404);
        (await HandleAsync(host, SlackOAuthEndpoint.RedirectPath)).Response.StatusCode.ShouldBe(404);

        using var installable = SlackHost.Installable();
        (await HandleAsync(installable, SlackOAuthEndpoint.InstallPath, method: "POST")).Response.StatusCode.ShouldBe(405);
    }

    [Fact]
    public async Task With_the_Web_API_on_this_machine_people_sign_in_there()
    {
        using var host = SlackHost.Installable(settings: ("Slack:ApiUrl", "http://127.0.0.1:5001/api/"));

        var (begun, _) = await BeginAsync(host);

        begun.Response.Headers.Location.ToString().ShouldStartWith("http://127.0.0.1:5001/oauth/v2/authorize?");
    }

    [Theory]
    [InlineData("/slack/install", true)]
    [InlineData("/slack/oauth_redirect", true)]
    [InlineData("/slack/events", false)]
    [InlineData("/slack/install/x", false)]
    public void Its_paths_are_two(string path, bool isTaken) => SlackOAuthEndpoint.Takes(path).ShouldBe(isTaken);

    private static async Task<(HttpContext Http, string State)> BeginAsync(SlackHost host)
    {
        var http = await HandleAsync(host, SlackOAuthEndpoint.InstallPath);
        return (http, QueryHelpers.ParseQuery(new Uri(http.Response.Headers.Location.ToString()).Query)["state"].ToString());
    }

    private static async Task<(int Status, string Page)> EndAsync(SlackHost host, string query, string? cookie)
    {
        var http = await HandleAsync(host, SlackOAuthEndpoint.RedirectPath, query, cookie);
        http.Response.Body.Position = 0;
        using var reader = new StreamReader(http.Response.Body);
        return (http.Response.StatusCode, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<HttpContext> HandleAsync(SlackHost host, string path, string query = "", string? cookie = null, string method = "GET")
    {
        var http = new DefaultHttpContext { Request = { Method = method, Path = path, QueryString = new QueryString(query) }, Response = { Body = new MemoryStream() } };
        if (cookie is not null)
        {
            http.Request.Headers.Cookie = $"{SlackOAuthEndpoint.Cookie}={cookie}";
        }

        await host.Get<SlackOAuthEndpoint>().HandleAsync(http);
        return http;
    }
}
