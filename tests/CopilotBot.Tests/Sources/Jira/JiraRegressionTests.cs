using CopilotBot.FakeJiraReading;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>What the oracle found wrong once (facts/sources.md §2.1, §2.4, §7.3).</summary>
public sealed class JiraRegressionTests
{
    [Fact]
    public async Task An_internal_note_with_a_visibility_is_found_by_agents_with_that_visibility_only()
    {
        await using var bench = await StartAsync();
        bench.Site.SetActors("1", "10002", ["agent", "both"], []);
        bench.Site.SetActors("1", "10003", ["member", "both"], []);
        var issue = bench.Site.AddIssue("1", "A request", "pelican");
        bench.Site.AddComment(issue, "heron", "agent", new CommentReach("role", "10003"), isPublic: false);
        await bench.PollAsync();

        (await FoundByAsync(bench, "pelican")).ShouldBe(["agent", "both", "member"]);
        (await FoundByAsync(bench, "heron")).ShouldBe(["both"]);
    }

    [Fact]
    public async Task A_group_that_an_issue_names_first_lets_its_members_in_at_once()
    {
        await using var bench = await StartAsync();
        bench.Site.AddGroup("staff", "The staff");
        bench.Site.AddMember("staff", "member");
        bench.Site.SetLevelMembers("501", new JiraHolder("group", "staff"));
        await bench.PollAsync();
        bench.Site.AddIssue("1", "A request", "pelican", level: "501");
        await bench.Bench.LookAsync();

        (await FoundByAsync(bench, "pelican")).ShouldBe(["member"]);
        bench.Site.RemoveMember("staff", "member");
        await bench.Bench.ReadAccessAsync();
        (await FoundByAsync(bench, "pelican")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_issue_that_the_site_cannot_give_for_the_moment_stays()
    {
        await using var bench = await StartAsync();
        var issue = bench.Site.AddIssue("1", "A request", "pelican");
        bench.Site.AddIssue("1", "Another one", "pelican");
        await bench.PollAsync();
        bench.Site.EditIssue(issue, description: "pelican again");
        bench.Site.FailingIssues = [issue];
        await bench.PollAsync();

        (await bench.FindAsync("agent", "pelican")).Count.ShouldBe(2);
    }

    private static async Task<JiraBench> StartAsync()
    {
        var bench = await JiraBench.StartAsync();
        foreach (var person in (string[])["agent", "both", "member"])
        {
            bench.Site.AddUser(person, "The same name", null);
        }

        bench.Site.AddRole("10002", "Service Desk Team");
        bench.Site.AddRole("10003", "Board");
        bench.Site.AddProject("1", "DESK", "service_desk");
        bench.Site.SetBrowsers("1", new JiraHolder("applicationRole"));
        return bench;
    }

    private static async Task<List<string>> FoundByAsync(JiraBench bench, string word)
    {
        var found = new List<string>();
        foreach (var person in (string[])["agent", "both", "member"])
        {
            if ((await bench.FindAsync(person, word)).Count > 0)
            {
                found.Add(person);
            }
        }

        return found;
    }
}
