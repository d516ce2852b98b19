using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>The fake is as strict as Confluence, so that a client which is let through here is let through there.</summary>
public sealed class ConfluenceRulesTests
{
    private const string V2 = "/wiki/api/v2";

    private const string V1 = "/wiki/rest/api";

    [Theory]
    [InlineData("/wiki/api/v2/pages?limit=251", 400, "limit")]
    [InlineData("/wiki/api/v2/pages?start=0", 400, "parameter")]
    [InlineData("/wiki/api/v2/pages?status=draft", 400, "value")]
    [InlineData("/wiki/api/v2/blogposts?status=archived", 400, "value")]
    [InlineData("/wiki/api/v2/pages?body-format=view", 400, "value")]
    [InlineData("/wiki/api/v2/pages?cursor=abc", 400, "cursor")]
    [InlineData("/wiki/api/v2/nothing", 404, "path")]
    [InlineData("/wiki/rest/api/content?spaceKey=ENG", 404, "path")]
    [InlineData("/wiki/rest/api/content/search?cql=text~%22x%22", 400, "cql")]
    [InlineData("/wiki/rest/api/content/search?cql=type%3Dpage&start=25", 400, "parameter")]
    [InlineData("/wiki/rest/api/content/search?cql=lastmodified%3E%3D%222026-09-01T08:00:00Z%22", 400, "cql-time")]
    public async Task A_call_that_breaks_a_rule_is_refused(string path, int status, string rule)
    {
        await using var fake = await FakeSite.StartAsync();

        await fake.ReadAsync(path, status);

        fake.Site.Violations.ShouldHaveSingleItem().Rule.ShouldBe(rule);
    }

    [Fact]
    public async Task Lists_of_ids_end_at_250_and_of_spaces_at_100()
    {
        await using var fake = await FakeSite.StartAsync();

        await fake.ReadAsync($"{V2}/pages?{string.Join('&', Enumerable.Range(1, 250).Select(id => $"id={id}"))}", 200);
        await fake.ReadAsync($"{V2}/pages?{string.Join('&', Enumerable.Range(1, 251).Select(id => $"id={id}"))}", 400);
        await fake.ReadAsync($"{V2}/pages?{string.Join('&', Enumerable.Range(1, 101).Select(id => $"space-id={id}"))}", 400);

        fake.Site.Violations.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Links_lead_through_a_listing_and_end()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(7);

        var found = await fake.WalkAsync($"{V2}/spaces/1/pages?limit=3");

        found.ShouldBe(Enumerable.Range(101, 7).Select(id => $"{id}"));
        fake.Site.Calls.Count.ShouldBe(3);
        fake.Headers.Contains("Link").ShouldBeFalse();
    }

    [Fact]
    public async Task A_full_last_page_has_no_link()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(3);

        (await fake.WalkAsync($"{V2}/pages?limit=3")).Count.ShouldBe(3);

        fake.Site.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_header_has_the_link_too_relative_to_the_host()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(2);

        await fake.GetAsync($"/ex/confluence/{fake.Site.CloudId}{V2}/pages?limit=1");

        fake.Headers.GetValues("Link").Single().ShouldStartWith("</wiki/api/v2/pages?limit=1&cursor=");
    }

    [Fact]
    public async Task Pages_are_current_and_archived_ones_and_have_a_body_only_when_asked()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(3);
        fake.Site.Archive("102");
        fake.Site.Trash("103");

        (await fake.WalkAsync($"{V2}/pages")).ShouldBe(["101", "102"]);
        (await fake.WalkAsync($"{V2}/pages?status=current&status=trashed")).ShouldBe(["101", "103"]);
        (await fake.GetAsync($"{V2}/pages?id=101"))["results"]![0]!["body"]!["storage"].ShouldBeNull();
        (await fake.GetAsync($"{V2}/pages?id=101&body-format=storage"))["results"]![0]!["body"]!["storage"]!["value"]!.ToString().ShouldBe("<p>1</p>");
    }

    [Fact]
    public async Task Only_text_and_names_stamp_a_version()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(2);
        fake.Time.Advance(TimeSpan.FromMinutes(1));
        fake.Site.AddLabel("101", "vpn");
        fake.Site.SetRestriction("101", ["ada"], []);
        fake.Site.MovePage("101", "102");
        fake.Site.EditComment(fake.Site.AddComment("101", "<p>a</p>", "ada"), "<p>b</p>");
        fake.Site.AddAttachment("101", "a.txt", "text/plain", [1]);

        (await fake.GetAsync($"{V2}/pages/101"))["version"]!["number"]!.GetValue<int>().ShouldBe(1);
        fake.Site.EditPage("101", "<p>new</p>");
        (await fake.GetAsync($"{V2}/pages?sort=-modified-date"))["results"]![0]!["version"]!.ToJsonString().ShouldBe("""{"createdAt":"2026-09-01T08:01:00.000Z","message":"","number":2,"minorEdit":false}""");
    }

    [Fact]
    public async Task A_page_edited_during_a_walk_by_id_is_not_lost()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(4);
        fake.Site.BeforeActing = call => fake.Site.EditPage("101", call.Path);

        (await fake.WalkAsync($"{V2}/pages?limit=2")).ShouldBe(["101", "102", "103", "104"]);
    }

    [Fact]
    public async Task The_gateway_has_the_calls_of_v2_but_none_that_are_deprecated()
    {
        await using var fake = await FakeSite.StartAsync();
        var gateway = $"/ex/confluence/{fake.Site.CloudId}";
        fake.Site.Set(switches => switches.IsTokenScoped = true);

        await fake.ReadAsync($"{gateway}{V2}/spaces", 200);
        await fake.ReadAsync($"{gateway}{V1}/user/current", 200);
        await fake.ReadAsync($"{gateway}{V1}/content?spaceKey=ENG", 410);
        await fake.ReadAsync($"{V2}/spaces", 401);
    }

    [Fact]
    public async Task Files_are_on_another_host_that_takes_no_token()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(1);
        var id = fake.Site.AddAttachment("101", "plan.txt", "text/plain", [4, 2]);
        await fake.ReadAsync($"{V1}/content/101/child/attachment/{id}/download", 302);
        var there = fake.Headers.Location!; // a redirect has one
        using var client = new HttpClient();

        (await client.GetByteArrayAsync(there, TestContext.Current.CancellationToken)).ShouldBe([4, 2]);
        client.DefaultRequestHeaders.Authorization = new("Bearer", fake.Site.Token);
        (await client.GetAsync(there, TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeFalse();
        fake.Site.Violations.ShouldHaveSingleItem().Rule.ShouldBe("token-to-media");
    }

    [Fact]
    public async Task An_account_that_does_not_see_everything_lists_what_its_user_may_view()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(2);
        fake.Site.SetRestriction("102", ["ben"], []);
        fake.Site.Set(switches => (switches.SeesEverything, switches.CrawlAccount) = (false, "ada"));

        (await fake.WalkAsync($"{V2}/pages")).ShouldBe(["101"]);
        await fake.ReadAsync($"{V2}/pages/102", 404);
    }

    [Fact]
    public async Task Ancestors_are_the_nearest_ones_from_the_top_and_the_highest_leads_on()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.AddPage("10", "1", null, "Top", "", PageKind.Folder);
        fake.Site.AddPage("11", "1", "10", "Middle", "");
        fake.Site.AddPage("12", "1", "11", "Low", "");
        fake.Site.AddPage("13", "1", "12", "Lowest", "");

        (await fake.WalkAsync($"{V2}/pages/13/ancestors?limit=2")).ShouldBe(["11", "12"]);
        (await fake.WalkAsync($"{V2}/pages/11/ancestors?limit=2", member: "type")).ShouldBe(["folder"]);
    }

    [Fact]
    public async Task People_are_listed_by_offset_without_guests_unless_asked_for_and_never_when_deactivated()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.AddUser("gil", "gil", kind: UserKind.Guest);
        fake.Site.AddUser("bot", "bot", kind: UserKind.App);
        fake.Site.Deactivate("ben");

        (await fake.GetAsync($"{V1}/search/user?cql=type%3Duser"))["results"]!.AsArray().Select(one => one!["user"]!["accountId"]!.ToString()).ShouldBe(["ada", "bot"]);
        (await fake.GetAsync($"{V1}/search/user?cql=type%3Duser&sitePermissionTypeFilter=all&start=2"))["results"]!.AsArray().Select(one => one!["user"]!["accountId"]!.ToString()).ShouldBe(["gil"]);
    }

    [Fact]
    public async Task A_renamed_group_keeps_its_id_and_lists_members_of_groups_in_it()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.AddGroup("g", "leads");
        fake.Site.AddGroup("h", "seconds");
        fake.Site.AddSubgroup("g", "h");
        fake.Site.AddMember("h", "ben");
        fake.Site.RenameGroup("g", "heads");

        (await fake.WalkAsync($"{V1}/group", member: "name")).ShouldBe(["heads", "seconds"]);
        (await fake.WalkAsync($"{V1}/group/g/membersByGroupId", member: "accountId")).ShouldBe(["ben"]);
    }
}
