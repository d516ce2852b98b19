using System.Diagnostics;
using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.FakeConfluence;

/// <summary>Each switch of the fake does what it says.</summary>
public sealed class SwitchTests
{
    private const string V2 = "/wiki/api/v2";

    private const string Search = "/wiki/rest/api/content/search?cql=";

    [Fact]
    public async Task A_fault_meets_the_calls_it_is_for_as_often_as_it_says()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.Inject(new Fault { Kind = FaultKind.Quota(TimeSpan.FromMinutes(40)), When = call => call.Path.EndsWith("/pages", StringComparison.Ordinal), Times = 2 });

        await fake.ReadAsync($"{V2}/spaces", 200);
        await fake.ReadAsync($"{V2}/pages", 429);
        (fake.Headers.RetryAfter!.Delta, fake.Headers.GetValues("RateLimit-Reason").Single()).ShouldBe((TimeSpan.FromMinutes(40), "confluence-quota-global-based")); // it was throttled
        await fake.ReadAsync($"{V2}/pages", 429);
        await fake.ReadAsync($"{V2}/pages", 200);
    }

    [Fact]
    public async Task A_gateway_throttles_without_a_header()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.Trouble = _ => FaultKind.ThrottledWithoutHeader();

        await fake.ReadAsync($"{V2}/pages", 429);

        fake.Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Listings_repeat_themselves_go_on_for_ever_or_are_empty()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(3);
        const string First = $"{V2}/pages?limit=2";
        fake.Site.Trouble = _ => new FaultKind.RepeatedCursor();
        (await fake.GetAsync(First))["_links"]!["next"]!.ToString().ShouldBe(First);
        fake.Site.Trouble = _ => new FaultKind.EndlessPaging();
        (await fake.GetAsync(First))["_links"]!["next"]!.ToString().ShouldNotBe((await fake.GetAsync(First))["_links"]!["next"]!.ToString());
        fake.Site.Trouble = _ => new FaultKind.EmptyListing();
        (await fake.WalkAsync(First)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_is_cut_in_the_middle()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.Trouble = _ => new FaultKind.Truncated();

        (await fake.ReadAsync($"{V2}/spaces", 200)).ShouldNotEndWith("}");
    }

    [Fact]
    public async Task A_poisoned_page_fails_only_where_its_body_is_asked_for()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(2);
        fake.Site.Set(switches => switches.Poisoned.Add("102"));

        await fake.ReadAsync($"{V2}/pages", 200);
        await fake.ReadAsync($"{V2}/pages?id=101&body-format=storage", 200);
        await fake.ReadAsync($"{V2}/pages?id=101&id=102&body-format=storage", 500);
        fake.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Short_pages_are_no_end()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(5);
        fake.Site.Set(switches => switches.LongestPage = 2);

        (await fake.WalkAsync($"{V2}/pages?limit=250")).Count.ShouldBe(5);
        fake.Site.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_search_lags_behind()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.Set(switches => switches.IndexLag = TimeSpan.FromMinutes(3));
        fake.AddPages(1);

        (await fake.WalkAsync($"{Search}id%20in%20(101)")).ShouldBeEmpty();
        fake.Time.Advance(TimeSpan.FromMinutes(3));
        (await fake.WalkAsync($"{Search}id%20in%20(101)")).ShouldBe(["101"]);
    }

    [Theory]
    [InlineData("now(\"-90m\")", true)]
    [InlineData("now(\"-2h\")", true)]
    [InlineData("now(\"-10m\")", false)]
    [InlineData("\"2026-09-01 17:00\"", true)]
    [InlineData("\"2026-09-01 08:30\"", true)]
    [InlineData("\"2026-09-01 17:01\"", false)]
    public async Task A_search_reads_literals_in_the_sites_zone(string since, bool isFound)
    {
        await using var fake = await FakeSite.StartAsync();
        fake.Site.Set(switches => switches.QueryZone = TimeZoneInfo.CreateCustomTimeZone("nine", TimeSpan.FromHours(9), "nine", "nine"));
        fake.AddPages(1);
        fake.Time.Advance(TimeSpan.FromHours(1));

        (await fake.WalkAsync($"{Search}{Uri.EscapeDataString($"space = \"ENG\" and lastmodified >= {since} order by lastmodified asc")}")).Count.ShouldBe(isFound ? 1 : 0);
    }

    [Fact]
    public async Task A_draft_above_makes_the_whole_batch_not_found()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(1);
        fake.Site.AddPage("9", "1", null, "Draft", "", status: "draft");
        fake.Site.MovePage("101", "9");

        await fake.ReadAsync($"{Search}type%3Dpage&expand=ancestors", 200);
        await fake.ReadAsync($"{Search}type%3Dpage&expand=ancestors.restrictions.read.restrictions.user", 404);
    }

    [Fact]
    public async Task Restrictions_are_cut_at_two_hundred_and_paged_by_a_hundred()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(1);
        fake.Site.SetRestriction("101", [.. Enumerable.Range(0, 250).Select(number => $"u{number}")], []);

        var found = (await fake.GetAsync($"{Search}type%3Dpage&expand=restrictions.read.restrictions.user"))["results"]![0]!["restrictions"]!["read"]!["restrictions"]!["user"]!;
        (found["size"]!.GetValue<int>(), found["limit"]!.GetValue<int>()).ShouldBe((200, 200));
        var last = await fake.GetAsync("/wiki/rest/api/content/101/restriction/byOperation/read?expand=restrictions.user,restrictions.group&start=200&limit=100");
        last["restrictions"]!["user"]!["size"]!.GetValue<int>().ShouldBe(50);
    }

    [Fact]
    public async Task A_space_is_not_available_and_permissions_vanish()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(1);
        fake.Site.Set(switches => switches.HidesPermissions = true);
        (await fake.WalkAsync($"{V2}/spaces/1/permissions")).ShouldBeEmpty();
        fake.Site.Set(switches => switches.UnavailableSpaces["1"] = 403);
        await fake.ReadAsync($"{V2}/spaces/1/pages", 403);
        (await fake.WalkAsync($"{V2}/spaces")).ShouldBeEmpty();
        fake.Site.Set(switches => switches.UnavailableSpaces["1"] = 404);
        await fake.ReadAsync($"{V2}/spaces/1/pages", 404);
        await fake.ReadAsync($"{V2}/pages/101", 404);
    }

    [Fact]
    public async Task Twenty_thousand_pages_are_listed_within_seconds()
    {
        await using var fake = await FakeSite.StartAsync();
        fake.AddPages(20_000);
        var watch = Stopwatch.StartNew();

        (await fake.WalkAsync($"{V2}/spaces/1/pages?limit=250&sort=-modified-date")).Count.ShouldBe(20_000);

        TestContext.Current.TestOutputHelper?.WriteLine($"{fake.Site.Calls.Count} calls in {watch.ElapsedMilliseconds} ms");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }
}
