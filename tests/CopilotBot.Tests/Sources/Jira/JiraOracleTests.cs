using CopilotBot.FakeJiraReading;
using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Tests.Sources.Jira;

/// <summary>
/// Random sites to which random things happen: after each look, every person finds exactly what the site's own evaluator lets them see, which knows of no layers
/// (facts/sources.md §2.5, §7.6).
/// </summary>
public sealed class JiraOracleTests
{
    private const string LongTests = "COPILOTBOT_LONG_TESTS";

    [Theory]
    [InlineData(JiraEdition.Cloud)]
    [InlineData(JiraEdition.DataCenter)]
    public async Task Everybody_finds_exactly_what_the_site_lets_them_see(JiraEdition edition)
    {
        var wanted = Environment.GetEnvironmentVariable(LongTests) == "1" ? 100_000 : 10_000;
        var outcome = await CompareWorldsAsync(edition, null, soFar => soFar.Checks < wanted);

        TestContext.Current.TestOutputHelper?.WriteLine($"{outcome.Checks} checks, {outcome.Seen} found, {outcome.Leaks.Count} leaks, {outcome.Denials.Count} over-denials");
        (string.Join("\n", outcome.Leaks.Take(30)), string.Join("\n", outcome.Denials.Take(30))).ShouldBe(("", ""));
        outcome.Checks.ShouldBeGreaterThanOrEqualTo(wanted);
        outcome.Seen.ShouldBeGreaterThan(wanted / 20);
        outcome.NarrowSeen.ShouldBeGreaterThan(wanted / 200);
    }

    [Theory]
    [InlineData(JiraMutant.LevelIgnored)]
    [InlineData(JiraMutant.DynamicHoldersGrantedWide)]
    [InlineData(JiraMutant.InternalNotesForAll)]
    [InlineData(JiraMutant.VisibilityIgnored)]
    [InlineData(JiraMutant.StaleGroups)]
    public async Task What_connectors_get_wrong_is_noticed(JiraMutant mutant)
    {
        var outcome = await CompareWorldsAsync(JiraEdition.Cloud, source => new JiraMutantSource(source, mutant), soFar => soFar.Leaks.Count == 0 && soFar.Checks < 10_000);

        outcome.Leaks.ShouldNotBeEmpty();
    }

    private static async Task<Outcome> CompareWorldsAsync(JiraEdition edition, Func<ILiveSource, ILiveSource>? wrap, Func<Outcome, bool> goesOn)
    {
        var outcome = new Outcome();
        for (var seed = 1; goesOn(outcome); seed++)
        {
            await using var bench = await JiraBench.StartAsync(edition, wrap: wrap);
            (bench.Site.HasBareSchemes, bench.Site.LongestPage) = (seed % 2 == 0, seed % 3 == 0 ? 7 : int.MaxValue);
            var world = new RandomJira(bench.Site, seed);
            await bench.PollAsync();
            Compare(await bench.FindAllAsync(world), bench.Site, world, $"seed {seed}", outcome);
            for (var round = 1; round <= 8; round++)
            {
                var happened = Enumerable.Range(0, 4).Select(_ => world.Mutate()).ToList();
                await (round % 2 == 0 ? NoticeAsync(bench, happened) : bench.PollAsync());
                Compare(await bench.FindAllAsync(world), bench.Site, world, $"seed {seed}, round {round} ({string.Join("; ", happened.Select(one => one.What))})", outcome);
            }

            bench.Site.Violations.ShouldBeEmpty();
        }

        return outcome;
    }

    /// <summary>As webhooks would: the issues themselves, and that something about people and schemes changed.</summary>
    private static async Task NoticeAsync(JiraBench bench, List<(string What, string? Id)> happened)
    {
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        var items = happened.Select(one => one.Id).OfType<string>().Distinct().Select(id => DocumentId.Create(JiraBench.Name, "issue", id)).ToList();
        bench.Bench.Sync.Notice(new WebhookHint(items, DirectoryChanged: true));
        await bench.Bench.ReadAccessAsync(AccessDepth.Items, items);
        await bench.Bench.ReadAccessAsync(AccessDepth.Directory);
        await bench.Bench.LookAsync();
    }

    private static void Compare(IReadOnlyDictionary<string, HashSet<string>> found, JiraReadingSite site, RandomJira world, string when, Outcome outcome)
    {
        foreach (var (person, documents) in found)
        {
            var issues = world.Issues.Where(id => site.CanView(person, id) || site.CanViewAnonymously(id)).Select(id => $"{JiraBench.Name}:issue:{id}").ToHashSet();
            var comments = world.Comments.Where(pair => site.IsNarrow(pair.Key) && (site.CanViewComment(person, pair.Key) || site.CanViewCommentAnonymously(pair.Key)))
                .Select(pair => $"{JiraBench.Name}:issue:{pair.Value}#comment:{pair.Key}").ToHashSet();
            var files = world.Files.Where(pair => site.CanViewAttachment(person, pair.Key)).Select(pair => $"{JiraBench.Name}:issue:{pair.Value}#attachment:{pair.Key}").ToHashSet();
            outcome.Leaks.AddRange(documents.Except(issues).Except(comments).Except(files).Select(id => $"{person} finds {id}: {when}"));
            outcome.Denials.AddRange(issues.Concat(comments).Except(documents).Select(id => $"{person} does not find {id}: {when}"));
            outcome.Seen += documents.Count;
            outcome.NarrowSeen += documents.Intersect(comments).Count();
        }

        outcome.Checks += (world.Issues.Count + world.Comments.Keys.Count(site.IsNarrow)) * world.People.Count;
    }

    private sealed class Outcome
    {
        /// <summary>Pairs of a person and an issue or a comment with readers of its own.</summary>
        public int Checks { get; set; }

        /// <summary>Documents that somebody found.</summary>
        public int Seen { get; set; }

        /// <summary>Of those, comments with readers of their own.</summary>
        public int NarrowSeen { get; set; }

        public List<string> Leaks { get; } = [];

        /// <summary>Of issues and comments: a file that may belong to a restricted comment is kept from more people than the site keeps it from.</summary>
        public List<string> Denials { get; } = [];
    }
}
