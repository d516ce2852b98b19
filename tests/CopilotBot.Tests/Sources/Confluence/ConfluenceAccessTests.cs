using System.Globalization;
using CopilotBot.FakeConfluence;
using ConfluenceSite = CopilotBot.FakeConfluence.ConfluenceSite;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>The fixed cases of facts/sources.md §7.6 no. 3: who finds a page is written down here, and asked neither of the site nor of layers.</summary>
public sealed class ConfluenceAccessTests
{
    private const string Word = "lantern";

    private static readonly string[] People = ["ada", "bo", "guest", "silent"];

    [Fact]
    public async Task Own_restriction_and_that_of_an_ancestor_both_hold()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        AddPage(bench.Site, "102", "101");
        AddPage(bench.Site, "103", "101");
        bench.Site.SetRestriction("101", ["ada", "silent"], []);
        bench.Site.SetRestriction("102", ["ada", "bo"], []);
        AddPage(bench.Site, "104", null);
        bench.Site.SetRestriction("104", ["bo"], []);

        await ShouldFindAsync(bench, "101", "ada", "silent");
        await ShouldFindAsync(bench, "102", "ada");
        await ShouldFindAsync(bench, "103", "ada", "silent");
        await ShouldFindAsync(bench, "104", "bo");
    }

    [Fact]
    public async Task Somebody_named_in_one_layer_and_in_a_group_of_another_passes_both()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        AddPage(bench.Site, "102", "101");
        bench.Site.SetRestriction("101", ["ada"], []);
        bench.Site.SetRestriction("102", [], ["team"]);

        await ShouldFindAsync(bench, "102", "ada");
    }

    [Fact]
    public async Task A_folder_and_a_draft_restrict_what_stands_below()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null, PageKind.Folder);
        AddPage(bench.Site, "102", "101");
        bench.Site.SetRestriction("101", ["bo"], []);
        AddPage(bench.Site, "103", null, status: "draft");
        AddPage(bench.Site, "104", "103");
        bench.Site.SetRestriction("103", ["ada"], []);

        await ShouldFindAsync(bench, "102", "bo");
        await ShouldFindAsync(bench, "103");
        (await FindersAsync(bench, "104")).Except(["ada"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_restriction_is_none()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        bench.Site.SetRestriction("101", [], []);

        await ShouldFindAsync(bench, "101", "ada", "bo", "silent");
    }

    [Fact]
    public async Task All_of_250_people_in_one_restriction_count()
    {
        await using var bench = await StartAsync();
        var many = Enumerable.Range(0, 249).Select(at => string.Create(CultureInfo.InvariantCulture, $"extra-{at:000}")).ToList();
        many.ForEach(person => bench.Site.AddUser(person, "Extra"));
        AddPage(bench.Site, "101", null);
        bench.Site.SetRestriction("101", [.. many, "bo"], []);

        await ShouldFindAsync(bench, "101", "bo");
        (await bench.FindAsync(many[^1], Word)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_anonymous_space_is_for_everybody_but_its_restricted_pages_are_not()
    {
        await using var bench = await StartAsync();
        bench.Site.AddSpace("20", "PUB", "Public");
        bench.Site.Grant("20", new SpaceReader.Anonymous());
        AddPage(bench.Site, "201", null, space: "20");
        AddPage(bench.Site, "202", null, space: "20");
        bench.Site.SetRestriction("202", ["bo"], []);

        await ShouldFindAsync(bench, "201", "ada", "bo", "guest", "silent");
        await ShouldFindAsync(bench, "202", "bo");
    }

    [Fact]
    public async Task A_guest_finds_only_the_space_that_names_the_guest()
    {
        await using var bench = await StartAsync();
        bench.Site.AddSpace("20", "GST", "For a guest");
        bench.Site.Grant("20", new SpaceReader.User("guest"));
        AddPage(bench.Site, "101", null);
        AddPage(bench.Site, "201", null, space: "20");

        await ShouldFindAsync(bench, "101", "ada", "bo", "silent");
        await ShouldFindAsync(bench, "201", "guest");
    }

    [Fact]
    public async Task Who_is_deactivated_finds_nothing_any_more()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        await ShouldFindAsync(bench, "101", "ada", "bo", "silent");

        bench.Site.Deactivate("bo");

        await ShouldFindAsync(bench, "101", "ada", "silent");
    }

    [Fact]
    public async Task A_group_keeps_its_members_under_another_name()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        bench.Site.SetRestriction("101", [], ["team"]);
        await ShouldFindAsync(bench, "101", "ada");

        bench.Site.RenameGroup("team", "The other name");

        await ShouldFindAsync(bench, "101", "ada");
    }

    [Fact]
    public async Task A_file_below_a_restricted_ancestor_is_as_hidden_as_its_page()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        AddPage(bench.Site, "102", "101");
        bench.Site.SetRestriction("101", ["ada"], []);
        bench.Site.AddAttachment("102", "plan.txt", "text/plain", "quillfeather plan"u8.ToArray());
        await bench.PollAsync();

        (await bench.FindAsync("ada", "quillfeather")).ShouldNotBeEmpty();
        (await bench.FindAsync("bo", "quillfeather")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_left_a_public_space_is_for_the_readers_of_the_new_one()
    {
        await using var bench = await StartAsync();
        bench.Site.AddSpace("20", "TEAM", "Team");
        bench.Site.Grant("20", new SpaceReader.Group("team"));
        AddPage(bench.Site, "101", null);
        await ShouldFindAsync(bench, "101", "ada", "bo", "silent");

        bench.Site.MovePage("101", null, "20");

        await ShouldFindAsync(bench, "101", "ada");
    }

    [Fact]
    public async Task A_token_that_lost_its_rights_shows_nobody_more_and_loses_no_page()
    {
        await using var bench = await StartAsync();
        AddPage(bench.Site, "101", null);
        await ShouldFindAsync(bench, "101", "ada", "bo", "silent");

        bench.Site.Set(site => site.HidesPermissions = true);
        await ShouldFindAsync(bench, "101");

        bench.Site.Set(site => site.HidesPermissions = false);
        await ShouldFindAsync(bench, "101", "ada", "bo", "silent");
        bench.Bench.Sync.Ledger.IsInSync.ShouldBeTrue();
    }

    /// <summary>"silent" shows no e-mail; all have the same display name; only "ada" is in the team.</summary>
    private static async Task<ConfluenceBench> StartAsync()
    {
        var bench = await ConfluenceBench.StartAsync();
        bench.Site.AddUser("ada", "The same name", "ada@halvorne.example");
        bench.Site.AddUser("bo", "The same name", "bo@halvorne.example");
        bench.Site.AddUser("guest", "The same name", "guest@halvorne.example", UserKind.Guest);
        bench.Site.AddUser("silent", "The same name");
        bench.Site.AddGroup("team", "The team");
        bench.Site.AddMember("team", "ada");
        bench.Site.AddSpace("10", "OPEN", "Open");
        bench.Site.Grant("10", new SpaceReader.Licensed());
        return bench;
    }

    private static void AddPage(ConfluenceSite site, string id, string? parent, PageKind kind = PageKind.Page, string status = "current", string space = "10") =>
        site.AddPage(id, space, parent, $"Page {id}", $"<p>{Word} {id}</p>", kind, status);

    private static async Task ShouldFindAsync(ConfluenceBench bench, string page, params string[] people)
    {
        await bench.PollAsync();
        (await FindersAsync(bench, page)).ShouldBe(people);
    }

    private static async Task<List<string>> FindersAsync(ConfluenceBench bench, string page)
    {
        var finders = new List<string>();
        foreach (var person in People)
        {
            if ((await bench.FindAsync(person, Word)).Contains($"wiki:page:{page}"))
            {
                finders.Add(person);
            }
        }

        return finders;
    }
}
