using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CopilotBot.FakeJira;

namespace CopilotBot.Tests.FakeJira;

/// <summary>The fake is as strict as Jira, so that a client which is let through here is let through there.</summary>
public sealed class JiraRulesTests
{
    private const string Good = """{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"VPN drops"}}""";

    [Theory]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"}}}""", "field-missing")]
    [InlineData("""{"fields":{"project":{"key":"XXX"},"issuetype":{"id":"10002"},"summary":"x"}}""", "project")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"9"},"summary":"x"}}""", "issuetype")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"a\nb"}}""", "line")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","duedate":"2026-03-01"}}""", "field-unknown")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","description":"text"}}""", "adf-document")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","description":{"type":"doc","version":1,"content":[{"type":"text","text":"x"}]}}}""", "adf-block")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","description":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":""}]}]}}}""", "adf-empty-text")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","priority":{"name":"High"}}}""", "value-allowed")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","labels":["two words"]}}""", "label")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x","assignee":{"accountId":"nobody"}}}""", "user")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x"},"labels":[]}""", "member-unknown")]
    [InlineData("""{"fields":{"project":{"key":"VPN"},"issuetype":{"id":"10002"},"summary":"x"},"properties":[{"key":"copilotbot"}]}""", "property")]
    [InlineData("no json", "body")]
    public async Task A_new_issue_that_breaks_a_rule_is_refused(string body, string rule)
    {
        await using var site = await StartAsync();

        (await SendAsync(site, HttpMethod.Post, "/rest/api/3/issue", body)).ShouldBe(HttpStatusCode.BadRequest);

        site.Violations.ShouldHaveSingleItem().Rule.ShouldBe(rule);
        site.Issues.ShouldBeEmpty();
        (await SendAsync(site, HttpMethod.Post, "/rest/api/3/issue", Good)).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"jql":""}""", "jql-bounded")]
    [InlineData("""{"jql":"summary ~ vpn"}""", "jql")]
    [InlineData("""{"jql":"created >= \"2026-03-01T00:00Z\""}""", "jql")]
    [InlineData("""{"jql":"project = \"XXX\""}""", "jql-project")]
    [InlineData("""{"jql":"project = \"VPN\"","nextPageToken":"made-up"}""", "next-page-token")]
    [InlineData("""{"jql":"project = \"VPN\"","startAt":0}""", "member-unknown")]
    public async Task A_search_that_breaks_a_rule_is_refused(string body, string rule)
    {
        await using var site = await StartAsync();

        (await SendAsync(site, HttpMethod.Post, "/rest/api/3/search/jql", body)).ShouldBe(HttpStatusCode.BadRequest);

        site.Violations.ShouldHaveSingleItem().Rule.ShouldBe(rule);
    }

    [Fact]
    public async Task The_old_search_is_gone_and_other_paths_are_not_there()
    {
        await using var site = await StartAsync();

        (await SendAsync(site, HttpMethod.Get, "/rest/api/3/search?jql=x", null)).ShouldBe(HttpStatusCode.Gone);
        (await SendAsync(site, HttpMethod.Get, "/rest/api/2/issue/VPN-1", null)).ShouldBe(HttpStatusCode.NotFound);

        site.Violations.Select(violation => violation.Rule).ShouldBe(["search-gone", "path"]);
    }

    [Fact]
    public async Task Nobody_is_let_in_without_the_token()
    {
        await using var site = await StartAsync();

        (await SendAsync(site, HttpMethod.Get, "/rest/api/3/project/VPN", null, token: "another")).ShouldBe(HttpStatusCode.Unauthorized);

        site.Violations.ShouldHaveSingleItem().Rule.ShouldBe("authorization");
    }

    [Fact]
    public async Task Who_comes_again_before_the_time_that_was_told_breaks_a_rule()
    {
        await using var site = await StartAsync();
        site.Inject(new Fault { Kind = new FaultKind.Status(429, TimeSpan.FromMinutes(1)) });

        (await SendAsync(site, HttpMethod.Post, "/rest/api/3/issue", Good)).ShouldBe(HttpStatusCode.TooManyRequests);
        await SendAsync(site, HttpMethod.Post, "/rest/api/3/issue", Good);

        site.Violations.ShouldHaveSingleItem().Rule.ShouldBe("retry-early");
    }

    private static async Task<JiraSite> StartAsync()
    {
        var site = await JiraSite.StartAsync();
        site.AddProject("VPN", "Remote access");
        site.AddType("VPN", "Incident", [JiraField.Summary, JiraField.Description, JiraField.Priority, JiraField.Labels, JiraField.Assignee]).ShouldBe("10002");
        return site;
    }

    private static async Task<HttpStatusCode> SendAsync(JiraSite site, HttpMethod method, string path, string? body, string? token = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, site.Address + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{site.Email}:{token ?? site.Token}")));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
