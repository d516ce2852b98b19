using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Tests.Sources.GitHub;

public sealed class GitHubSourceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listing_names_issues_and_leaves_pull_requests_out()
    {
        await using var bench = await GitHubBench.StartAsync();
        var issue = bench.Add(bench.Private, "Printer jams");
        bench.Add(bench.Private, "Fix the printer", isPullRequest: true);
        var item = (await bench.ListAsync(bench.Private)).ShouldHaveSingleItem();
        item.ShouldBe(new ListedItem(GitHubBench.IdOf(issue), "21", "2026-03-02T09:00:01Z", issue.Updated));
        bench.Site.Strays.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_of_several_pages_misses_nothing_that_is_edited_during_the_walk()
    {
        await using var bench = await GitHubBench.StartAsync();
        List<FakeIssue> issues = [.. Enumerable.Range(1, 250).Select(i => bench.Add(bench.Private, $"Issue {i}"))];
        var calls = 0;
        bench.Site.BeforeAnswer = path =>
        {
            if (path.EndsWith("/issues", StringComparison.Ordinal) && ++calls == 2)
            {
                issues[0].Updated = bench.Time.GetUtcNow() + TimeSpan.FromSeconds(5);
            }
        };
        (await bench.ListAsync(bench.Private)).Select(item => item.Id).Distinct().ShouldBe(issues.Select(GitHubBench.IdOf), ignoreOrder: true);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task Many_issues_of_one_second_are_paged_by_number()
    {
        await using var bench = await GitHubBench.StartAsync();
        for (var i = 0; i < 230; i++)
        {
            bench.Add(bench.Private, $"Issue {i}").Updated = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
        }

        (await bench.ListAsync(bench.Private)).Select(item => item.Id).Distinct().Count().ShouldBe(230);
    }

    [Fact]
    public async Task A_listing_without_end_is_an_error_and_no_shorter_listing()
    {
        await using var bench = await GitHubBench.StartAsync();
        bench.Add(bench.Private, "Printer jams");
        bench.Site.NeverEnds = true;
        (await Should.ThrowAsync<SourceException>(() => bench.ListAsync(bench.Private))).Message.ShouldContain("does not end");
    }

    [Fact]
    public async Task An_issue_comes_with_its_comments_state_and_resolution()
    {
        await using var bench = await GitHubBench.StartAsync();
        var issue = bench.Add(bench.Private, "Printer jams", "It jams on `A4`.");
        var comment = bench.Comment(issue, "bo", "Turn the **tray** over.");
        issue.State = "closed";
        var found = (await bench.ReadAsync(issue)).ShouldBeOfType<ItemReading.Found>();
        found.Version.ShouldBe((await bench.ListAsync(bench.Private)).Single().Version);
        var document = found.Documents.ShouldHaveSingleItem();
        (document.Title, document.Key, document.Kind, document.Url).ShouldBe(("#1 Printer jams", "halvorne/desk#1", DocumentKind.Ticket, "https://github.example/halvorne/desk/issues/1"));
        document.Body.Text.ShouldBe("""
            It jams on A4.
            Comments
            Comment by bo on 2026-03-02
            Turn the tray over.
            Details
            Type: Issue; Status: Closed; Resolution: Not planned; Assignee: bo; Reporter: ada; Labels: printer; Resolved on: 2026-03-02
            """);
        document.Body.Blocks.OfType<TextBlock.Heading>().Select(heading => heading.Anchor).ShouldBe(["comments", $"comment-{comment.Id}", "details"]);
        document.Layers.ShouldBe([new LayerId("desk:repo:21")]);
        found.Layers.Single().Principals.ShouldBe([new Principal("user:desk:7"), new Principal("user:desk:8")]);
    }

    [Fact]
    public async Task An_open_issue_has_no_resolution()
    {
        await using var bench = await GitHubBench.StartAsync();
        var found = (await bench.ReadAsync(bench.Add(bench.Public, "Printer jams"))).ShouldBeOfType<ItemReading.Found>();
        found.Documents[0].Body.Text.ShouldContain("Status: Open; Assignee: bo");
        found.Layers.Single().Principals.ShouldBe([Principal.Anyone]);
    }

    [Fact]
    public async Task What_changed_holds_issues_and_those_whose_comments_were_edited()
    {
        await using var bench = await GitHubBench.StartAsync();
        var (quiet, edited) = (bench.Add(bench.Private, "Quiet"), bench.Add(bench.Private, "Edited comment"));
        var comment = bench.Comment(edited, "bo", "Old");
        await bench.ListAsync(bench.Private);
        await bench.ListAsync(bench.Public);
        bench.Time.Advance(TimeSpan.FromHours(1));
        var since = bench.Time.GetUtcNow();
        var fresh = bench.Add(bench.Private, "Fresh");
        comment.Updated = bench.Time.GetUtcNow();
        var changed = await bench.GetChangedAsync(since);
        changed.Select(item => item.Id).ShouldBe([GitHubBench.IdOf(fresh), GitHubBench.IdOf(edited)]);
        changed[1].Version.ShouldBeNull();
        changed.ShouldNotContain(item => item.Id == GitHubBench.IdOf(quiet));
    }

    [Fact]
    public async Task The_first_look_after_a_start_names_everything_once()
    {
        await using var bench = await GitHubBench.StartAsync();
        bench.Add(bench.Private, "Old");
        bench.Time.Advance(TimeSpan.FromHours(1));
        (await bench.GetChangedAsync(bench.Time.GetUtcNow())).Count.ShouldBe(1);
        (await bench.GetChangedAsync(bench.Time.GetUtcNow())).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_issue_that_no_listing_named_is_found_by_listing_from_where_the_last_one_ended()
    {
        await using var bench = await GitHubBench.StartAsync();
        var issue = bench.Add(bench.Private, "Printer jams");
        (await bench.ReadAsync(issue)).ShouldBeOfType<ItemReading.Found>();
        var fresh = bench.Add(bench.Private, "Webhook was faster");
        bench.Site.Calls.Clear();
        (await bench.ReadAsync(fresh)).ShouldBeOfType<ItemReading.Found>();
        bench.Site.Calls.ShouldContain(call => call.StartsWith("/repos/halvorne/desk/issues?", StringComparison.Ordinal) && call.Contains("since=2026-03-02T09:00:01Z", StringComparison.Ordinal));
        (await bench.ReadAsync(new FakeIssue(99, 99, "Never", ""))).ShouldBe(new ItemReading.Gone(new DocumentId("desk:issue:99"), GoneReason.NotFound));
    }

    [Fact]
    public async Task Deleted_is_gone_but_issues_that_were_turned_off_are_not()
    {
        await using var bench = await GitHubBench.StartAsync();
        var (deleted, kept) = (bench.Add(bench.Private, "Deleted"), bench.Add(bench.Private, "Kept"));
        await bench.ListAsync(bench.Private);
        bench.Private.Deleted.Add(deleted.Number);
        (await bench.ReadAsync(deleted)).ShouldBe(new ItemReading.Gone(GitHubBench.IdOf(deleted), GoneReason.Deleted));
        bench.Private.HasIssues = false;
        (await bench.ReadAsync(kept)).ShouldBeOfType<ItemReading.Failed>().Reason.ShouldContain("turned off");
        (await bench.Source.GetScopesAsync(Stop))[0].Problem.ShouldNotBeNull().ShouldContain("turned off");
    }

    [Fact]
    public async Task A_transferred_issue_is_read_where_it_stands_now_and_gone_where_that_is_not_asked_for()
    {
        await using var bench = await GitHubBench.StartAsync();
        var (inside, outside) = (bench.Add(bench.Private, "Inside"), bench.Add(bench.Private, "Outside"));
        var other = new FakeRepository(23, "halvorne/other");
        bench.Site.Repositories.Add(other);
        await bench.ListAsync(bench.Private);
        Transfer(bench.Private, inside, bench.Public);
        Transfer(bench.Private, outside, other);
        var found = (await bench.ReadAsync(inside)).ShouldBeOfType<ItemReading.Found>();
        (found.Scope, found.Documents[0].Key, found.Documents[0].Layers.Single().Value).ShouldBe(("22", "halvorne/handbook#901", "desk:repo:22"));
        (await bench.ReadAsync(outside)).ShouldBe(new ItemReading.Gone(GitHubBench.IdOf(outside), GoneReason.OutOfScope));
    }

    [Fact]
    public async Task A_repository_that_was_renamed_is_the_same_one()
    {
        await using var bench = await GitHubBench.StartAsync();
        var issue = bench.Add(bench.Private, "Printer jams");
        bench.Private.FormerNames.Add(bench.Private.Name);
        bench.Private.Name = "halvorne/service-desk";
        (await bench.Source.GetScopesAsync(Stop)).Select(scope => (scope.Id, scope.Key)).ShouldContain(("21", "halvorne/service-desk"));
        (await bench.ReadAsync(issue)).ShouldBeOfType<ItemReading.Found>().Documents[0].Key.ShouldBe("halvorne/service-desk#1");
    }

    [Fact]
    public async Task A_used_up_quota_is_waited_for_until_it_is_filled_again()
    {
        await using var bench = await GitHubBench.StartAsync();
        bench.Add(bench.Private, "Printer jams");
        var reset = bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(20);
        bench.Site.Trouble = http =>
        {
            http.Response.StatusCode = 403;
            http.Response.Headers["x-ratelimit-remaining"] = "0";
            http.Response.Headers["x-ratelimit-reset"] = $"{reset.ToUnixTimeSeconds()}";
            return true;
        };
        (await Should.ThrowAsync<SourceThrottledException>(() => bench.ListAsync(bench.Private))).Until.ShouldBe(reset, TimeSpan.FromSeconds(2));
    }

    private static void Transfer(FakeRepository from, FakeIssue issue, FakeRepository to)
    {
        from.Issues.Remove(issue);
        from.Transferred[issue.Number] = (to, 900 + issue.Number);
        issue.Number += 900;
        to.Issues.Add(issue);
    }
}
