using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Tests.Sources.GitHub;

public sealed class GitHubAccessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_public_repository_lets_everybody_in_and_any_other_its_collaborators()
    {
        await using var bench = await GitHubBench.StartAsync();
        (await bench.ReadersAsync(bench.Public)).ShouldBe(["anyone"]);
        (await bench.ReadersAsync(bench.Private)).ShouldBe(["user:desk:7", "user:desk:8"]);
        bench.Private.Visibility = "internal";
        (await bench.ReadersAsync(bench.Private)).ShouldBe(["user:desk:7", "user:desk:8"]);
        bench.Public.Visibility = "private";
        (await bench.ReadersAsync(bench.Public)).ShouldBe([]);
        bench.Site.Strays.ShouldBeEmpty();
    }

    [Fact]
    public async Task People_are_collaborators_with_the_address_that_they_show()
    {
        await using var bench = await GitHubBench.StartAsync();
        var people = (await bench.ReadAccessAsync()).People;
        people.Select(person => (person.Id, person.AccountId, person.DisplayName, person.Email)).ShouldBe([("desk:7", "7", "ada", "ada@halvorne.example"), ("desk:8", "8", "bo", null)]);
        people[0].Principals.ShouldBe([new Principal("user:desk:7"), Principal.Anyone]);
    }

    [Fact]
    public async Task A_repository_whose_collaborators_may_not_be_seen_lets_nobody_in_and_says_so()
    {
        await using var bench = await GitHubBench.StartAsync();
        bench.Private.ShowsCollaborators = false;
        (await bench.ReadersAsync(bench.Private)).ShouldBe([]);
        (await bench.Source.GetScopesAsync(Stop))[0].Problem.ShouldNotBeNull().ShouldContain("give it the right to push");
        var check = await bench.Source.CheckAsync(Stop);
        (check.Account, check.CanAskForOthers).ShouldBe(("copilot", false));
        check.Warnings.ShouldHaveSingleItem().ShouldContain("halvorne/desk");
    }

    [Fact]
    public async Task A_repository_that_is_gone_has_no_layer_any_more()
    {
        await using var bench = await GitHubBench.StartAsync();
        (await bench.ReadersAsync(bench.Private)).ShouldNotBeNull();
        bench.Site.Repositories.Remove(bench.Private);
        (await bench.ReadersAsync(bench.Private)).ShouldBeNull();
        (await bench.Source.GetScopesAsync(Stop))[0].Problem.ShouldNotBeNull().ShouldContain("halvorne/desk cannot be read");
    }

    [Fact]
    public async Task The_site_itself_is_asked_whether_somebody_may_read()
    {
        await using var bench = await GitHubBench.StartAsync();
        var (hidden, open, unknown) = (GitHubBench.IdOf(bench.Add(bench.Private, "Hidden")), GitHubBench.IdOf(bench.Add(bench.Public, "Open")), new DocumentId("desk:issue:99"));
        await bench.ListAsync(bench.Private);
        await bench.ListAsync(bench.Public);
        (await MayAsync("7")).ShouldBe([(hidden, true), (open, true)], ignoreOrder: true);
        bench.Private.Collaborators.Remove(7);
        (await MayAsync("7")).ShouldBe([(hidden, false), (open, true)], ignoreOrder: true);
        (await MayAsync("404")).ShouldBe([(hidden, false), (open, true)], ignoreOrder: true);
        bench.Private.ShowsCollaborators = false;
        (await MayAsync("8")).ShouldBe([(open, true)]);

        async Task<List<(DocumentId, bool)>> MayAsync(string account) =>
            [.. (await bench.Source.MayReadAsync(account, [hidden, open, unknown], Stop)).Select(pair => (pair.Key, pair.Value))];
    }

    [Fact]
    public async Task Without_names_all_repositories_that_the_token_reads_are_asked_for()
    {
        await using var bench = await GitHubBench.StartAsync(scopes: []);
        bench.Site.Repositories.Add(new FakeRepository(24, "halvorne/code") { HasIssues = false });
        (await bench.Source.GetScopesAsync(Stop)).Select(scope => scope.Key).ShouldBe(["halvorne/desk", "halvorne/handbook"]);
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("halvorne/desk/more")]
    public async Task What_names_no_repository_has_a_problem(string scope)
    {
        await using var bench = await GitHubBench.StartAsync(scopes: [scope]);
        (await bench.Source.GetScopesAsync(Stop)).Single().Problem.ShouldNotBeNull().ShouldContain("owner/repository");
    }

    [Fact]
    public async Task A_refused_token_says_which_variable_to_set()
    {
        await using var bench = await GitHubBench.StartAsync(token: "wrong");
        (await Should.ThrowAsync<SourceException>(() => bench.Source.CheckAsync(Stop))).Message.ShouldContain("Sources__desk__Token");
    }
}
