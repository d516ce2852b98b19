using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>What goes wrong with a site beyond single calls (facts/sources.md §5.3, §7.4, §7.6 no. 4 and 5).</summary>
public sealed class ConfluenceTroubleTests
{
    private static readonly Dictionary<string, Action<FaultySite>> Oddities = new()
    {
        ["clock ahead"] = wiki => wiki.Site.Set(site => site.ClockSkew = TimeSpan.FromMinutes(10)),
        ["clock behind"] = wiki => wiki.Site.Set(site => site.ClockSkew = TimeSpan.FromMinutes(-10)),
        ["searches in another zone"] = wiki => wiki.Site.Set(site => site.QueryZone = TimeZoneInfo.CreateCustomTimeZone("plus nine", TimeSpan.FromHours(9), "plus nine", "plus nine")),
        ["index lags"] = wiki => wiki.Site.Set(site => site.IndexLag = TimeSpan.FromMinutes(3)),
        ["short pages"] = wiki => wiki.Site.Set(site => site.LongestPage = 2),
        ["slow"] = wiki => wiki.Site.BeforeActing = _ => wiki.Bench.Time.Advance(TimeSpan.FromSeconds(20)),
    };

    public static MatrixTheoryData<string, ConfluenceEdition> Matrix => new(Oddities.Keys, Enum.GetValues<ConfluenceEdition>());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task An_odd_site_is_followed_all_the_same(string oddity, ConfluenceEdition edition)
    {
        await using var wiki = await FaultySite.StartAsync(edition);
        Oddities[oddity](wiki);
        wiki.Happen();

        await wiki.ShouldRecoverAsync(oddity);
        wiki.Happen();
        await wiki.ShouldRecoverAsync($"{oddity}, once more");
    }

    [Theory]
    [InlineData(ConfluenceEdition.Cloud)]
    [InlineData(ConfluenceEdition.DataCenter)]
    public async Task What_is_edited_during_the_walk_is_seen_by_the_next(ConfluenceEdition edition)
    {
        await using var wiki = await FaultySite.StartAsync(edition);
        wiki.Site.Set(site => site.LongestPage = 5);
        var left = 12;
        wiki.Site.BeforeActing = _ =>
        {
            if (left-- is > 0 and var at)
            {
                wiki.Site.EditPage($"{1000 + (at * 2)}", $"<p>{FaultySite.Word} edited during the walk</p>");
            }
        };

        await wiki.ShouldRecoverAsync("edits during the walk");
    }

    [Fact]
    public async Task A_quota_that_is_used_up_suspends_the_source_and_it_goes_on_by_itself()
    {
        await using var wiki = await FaultySite.StartAsync();
        wiki.Happen();
        wiki.Site.Inject(new Fault { Kind = FaultKind.Quota(TimeSpan.FromMinutes(15)) });

        var report = await wiki.Bench.Bench.RunAsync();

        report.Error.ShouldNotBeNull().ShouldContain("left alone until");
        wiki.Bench.Bench.Sync.Ledger.State.SuspendedUntil.ShouldNotBeNull();
        wiki.Bench.Bench.Sync.Ledger.IsInSync.ShouldBeFalse();
        await wiki.ShouldRecoverAsync("quota");
    }

    [Theory]
    [InlineData(ConfluenceEdition.Cloud)]
    [InlineData(ConfluenceEdition.DataCenter)]
    public async Task A_page_without_a_readable_body_is_named_and_kept_and_the_others_are_read(ConfluenceEdition edition)
    {
        await using var wiki = await FaultySite.StartAsync(edition);
        var kept = wiki.Kept();
        wiki.Site.EditPage("1007", $"<p>{FaultySite.Word} behind trouble</p>");
        wiki.Site.EditPage("1008", "<p>lantern quillfeather</p>");
        wiki.Site.Set(site => site.Poisoned.Add("1007"));
        wiki.Bench.Time.Advance(TimeSpan.FromMinutes(1));

        await wiki.Bench.Bench.RunAsync();

        wiki.Bench.Bench.Sync.Ledger.Failed.Select(issue => issue.Id.Value).ShouldBe(["wiki:page:1007"]);
        (await wiki.Bench.FindAsync("bo", "quillfeather")).ShouldBe(["wiki:page:1008"]);
        (await wiki.Bench.FindAsync("bo", FaultySite.Word)).ShouldContain("wiki:page:1007");
        kept.Except(wiki.Kept()).ShouldBeEmpty();
        wiki.Site.Set(site => site.Poisoned.Clear());
        await wiki.ShouldRecoverAsync("poison");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_space_that_is_away_for_a_while_is_hidden_and_not_purged(int status)
    {
        await using var wiki = await FaultySite.StartAsync();
        var kept = wiki.Kept();
        wiki.Site.Set(site => site.UnavailableSpaces["20"] = status);
        wiki.Bench.Time.Advance(TimeSpan.FromMinutes(6));

        await wiki.Bench.Bench.RunAsync();
        await wiki.Bench.Bench.RunAsync();

        (await wiki.Bench.FindAsync("ada", FaultySite.Word)).ShouldNotContain("wiki:page:1030");
        kept.Except(wiki.Kept()).ShouldBeEmpty();
        wiki.Site.Set(site => site.UnavailableSpaces.Clear());
        await wiki.ShouldRecoverAsync("a space away");
    }

    [Fact]
    public async Task A_listing_that_shrinks_by_a_third_deletes_nothing_until_somebody_says_that_it_is_right()
    {
        await using var wiki = await FaultySite.StartAsync();
        var kept = wiki.Kept();
        Enumerable.Range(1010, 8).ToList().ForEach(id => wiki.Site.Trash($"{id}"));
        wiki.Bench.Time.Advance(TimeSpan.FromMinutes(30));

        var report = await wiki.Bench.Bench.RunAsync();

        report.Error.ShouldNotBeNull().ShouldContain("shrank from");
        kept.Except(wiki.Kept()).ShouldBeEmpty();
        (await wiki.Bench.Bench.RunAsync(full: true)).Error.ShouldBeNull();
        await wiki.ShouldRecoverAsync("a third trashed");
    }

    [Fact]
    public async Task A_listing_without_end_is_broken_off()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("COPILOTBOT_LONG_TESTS") == "1", "It makes 20,000 calls: set COPILOTBOT_LONG_TESTS to 1 to run it.");
        await using var wiki = await FaultySite.StartAsync();
        var kept = wiki.Kept();
        var isOn = true;
        wiki.Site.Trouble = call => isOn && call.Path.EndsWith("/pages", StringComparison.Ordinal) ? new FaultKind.EndlessPaging() : null;

        var report = await wiki.Bench.Bench.RunAsync().WaitAsync(Cancel);

        isOn = false;
        report.Error.ShouldNotBeNull().ShouldContain("does not end");
        kept.Except(wiki.Kept()).ShouldBeEmpty();
        await wiki.ShouldRecoverAsync("endless paging");
    }
}
