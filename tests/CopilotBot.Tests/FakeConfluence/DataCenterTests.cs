using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>What Data Center does in its own way (facts §1.6, §4.3).</summary>
public sealed class DataCenterTests
{
    private const string Root = "/rest/api";

    [Fact]
    public async Task Contents_are_paged_by_offset_and_a_full_page_links_on_past_the_end()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);
        fake.AddPages(4);

        (await fake.WalkAsync($"{Root}/content?type=page&spaceKey=ENG&limit=2")).ShouldBe(["101", "102", "103", "104"]);

        fake.Site.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_content_has_what_expand_names()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);
        fake.AddPages(2);
        fake.Site.MovePage("102", "101");
        fake.Site.SetRestriction("102", ["ada"], []);
        fake.Site.AddLabel("102", "vpn");

        var page = await fake.GetAsync($"{Root}/content/102?expand=body.storage,version,ancestors,space,history,metadata.labels,children.attachment,restrictions.read.restrictions.user,restrictions.read.restrictions.group");

        page["body"]!["storage"]!["value"]!.ToString().ShouldBe("<p>2</p>");
        page["ancestors"]![0]!["id"]!.ToString().ShouldBe("101");
        page["restrictions"]!["read"]!["restrictions"]!["user"]!["results"]![0]!["userKey"]!.ToString().ShouldBe("ada");
        page["metadata"]!["labels"]!["results"]![0]!["name"]!.ToString().ShouldBe("vpn");
        (await fake.GetAsync($"{Root}/content/102"))["body"].ShouldBeNull();
    }

    [Fact]
    public async Task Permissions_of_a_space_are_a_flat_list_for_administrators_and_an_error_for_others()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);
        fake.Site.Grant("1", new SpaceReader.User("ada"));

        (await fake.GetAsync($"{Root}/space/ENG/permissions")).AsArray().Select(row => row!["subject"]!["userKey"]?.ToString() ?? row["subject"]!["name"]!.ToString()).ShouldBe(["ada", "confluence-users"]);
        (await fake.GetAsync($"{Root}/space/ENG/permissions/anonymous")).AsArray().ShouldBeEmpty();
        fake.Site.Set(switches => switches.IsAdministrator = false);
        await fake.ReadAsync($"{Root}/space/ENG/permissions", 500);
    }

    [Fact]
    public async Task Groups_are_named_and_list_the_members_of_groups_in_them()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);
        fake.Site.AddGroup("g", "leads");
        fake.Site.AddGroup("h", "seconds");
        fake.Site.AddSubgroup("g", "h");
        fake.Site.AddMember("h", "ben");

        (await fake.WalkAsync($"{Root}/group", member: "name")).ShouldBe(["confluence-users", "leads", "seconds"]);
        (await fake.WalkAsync($"{Root}/group/leads/member", member: "userKey")).ShouldBe(["ben"]);
        (await fake.GetAsync($"{Root}/user?key=ben"))["username"]!.ToString().ShouldBe("ben");
    }

    [Fact]
    public async Task Comments_and_attachments_are_children_and_files_come_from_the_site()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);
        fake.AddPages(1);
        fake.Site.AddComment("101", "<p>so</p>", "ada");
        fake.Site.AddAttachment("101", "a plan.txt", "text/plain", "plan"u8.ToArray());

        (await fake.GetAsync($"{Root}/content/101/child/comment?expand=body.storage,version"))["results"]![0]!["body"]!["storage"]!["value"]!.ToString().ShouldBe("<p>so</p>");
        var download = (await fake.GetAsync($"{Root}/content/101/child/attachment"))["results"]![0]!["_links"]!["download"]!.ToString();
        (await fake.ReadAsync(download, 200)).ShouldBe("plan");
        fake.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_finds_comments_and_attachments_with_their_page()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);
        fake.AddPages(1);
        fake.Time.Advance(TimeSpan.FromHours(1));
        fake.Site.AddComment("101", "<p>so</p>", "ada");
        fake.Site.AddAttachment("101", "plan.txt", "text/plain", [1]);
        var cql = Uri.EscapeDataString("space in (\"ENG\") and type in (page,blogpost,comment,attachment) and lastmodified >= now(\"-5m\") order by lastmodified asc");

        var found = (await fake.GetAsync($"{Root}/content/search?cql={cql}&expand=container,version"))["results"]!.AsArray(); // listings have them

        found.Select(one => (one!["type"]!.ToString(), one["container"]!["id"]!.ToString())).ShouldBe([("comment", "101"), ("attachment", "101")]);
    }

    [Fact]
    public async Task Nothing_of_Cloud_is_there()
    {
        await using var fake = await FakeSite.StartAsync(ConfluenceEdition.DataCenter);

        await fake.ReadAsync("/wiki/api/v2/pages", 404);

        fake.Site.Violations.ShouldHaveSingleItem().Rule.ShouldBe("path");
    }
}
