using CopilotBot.FakeConfluence;
using CopilotBot.Knowledge;
using CopilotBot.Sources;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>
/// Random sites to which random things happen: after each look, every person finds exactly what the site's own evaluator lets them view, which knows of no layers
/// (facts/sources.md §7.6).
/// </summary>
public sealed class ConfluenceOracleTests
{
    private const string LongTests = "COPILOTBOT_LONG_TESTS";

    [Theory]
    [InlineData(ConfluenceEdition.Cloud)]
    [InlineData(ConfluenceEdition.DataCenter)]
    public async Task Everybody_finds_exactly_what_the_site_lets_them_view(ConfluenceEdition edition)
    {
        var wanted = Environment.GetEnvironmentVariable(LongTests) == "1" ? 100_000 : 10_000;
        var outcome = await CompareWorldsAsync(edition, null, so => so.Checks < wanted);

        TestContext.Current.TestOutputHelper?.WriteLine($"{outcome.Checks} checks, {outcome.Seen} found, {outcome.Leaks.Count} leaks, {outcome.Denials.Count} over-denials");
        (string.Join("\n", outcome.Leaks.Take(30)), string.Join("\n", outcome.Denials.Take(30))).ShouldBe(("", ""));
        outcome.Checks.ShouldBeGreaterThanOrEqualTo(wanted);
        outcome.Seen.ShouldBeGreaterThan(wanted / 20);
    }

    [Theory]
    [InlineData(Mutant.NearestRestrictionWins)]
    [InlineData(Mutant.IgnoreAncestors)]
    [InlineData(Mutant.EmptyMeansEveryone)]
    [InlineData(Mutant.RawListIntersection)]
    [InlineData(Mutant.StaleGroups)]
    public async Task What_connectors_get_wrong_is_noticed(Mutant mutant)
    {
        var outcome = await CompareWorldsAsync(ConfluenceEdition.Cloud, mutant, so => so.Leaks.Count + so.Denials.Count == 0 && so.Checks < 10_000);

        (outcome.Leaks.Count + outcome.Denials.Count).ShouldBeGreaterThan(0);
    }

    private static async Task<Outcome> CompareWorldsAsync(ConfluenceEdition edition, Mutant? mutant, Func<Outcome, bool> goesOn)
    {
        var outcome = new Outcome();
        for (var seed = 1; goesOn(outcome); seed++)
        {
            await using var bench = await ConfluenceBench.StartAsync(edition, mutant: mutant);
            bench.Site.Set(site => site.HasRoles = edition == ConfluenceEdition.Cloud && seed % 2 == 0);
            var world = new RandomConfluence(bench.Site, seed);
            await bench.PollAsync();
            await CompareAsync(bench, world, $"seed {seed}", outcome);
            for (var round = 1; round <= 8; round++)
            {
                var happened = Enumerable.Range(0, 4).Select(_ => world.Mutate()).ToList();
                if (round % 2 == 0)
                {
                    await NoticeAsync(bench, world, happened);
                }
                else
                {
                    await bench.PollAsync();
                }

                await CompareAsync(bench, world, $"seed {seed}, round {round} ({string.Join("; ", happened.Select(one => one.What))})", outcome);
            }

            bench.Site.Violations.ShouldBeEmpty();
        }

        return outcome;
    }

    /// <summary>
    /// As webhooks would: the pages themselves, and that something about people and spaces changed. What happens to folders no event tells; new pages are found by the
    /// look for changes.
    /// </summary>
    private static async Task NoticeAsync(ConfluenceBench bench, RandomConfluence world, List<(string What, string? Id)> happened)
    {
        if (happened.Any(one => one.Id is { } id && !world.Readable.Contains(id)))
        {
            await bench.PollAsync();
            return;
        }

        bench.Time.Advance(TimeSpan.FromSeconds(5));
        var items = happened.Select(one => one.Id).OfType<string>().Distinct().Select(id => DocumentId.Create(ConfluenceBench.Name, "page", id)).ToList();
        bench.Bench.Sync.Notice(new WebhookHint(items, DirectoryChanged: true));
        await bench.Bench.ReadAccessAsync(AccessDepth.Items, items);
        await bench.Bench.ReadAccessAsync(AccessDepth.Directory);
        await bench.Bench.LookAsync();
    }

    private static async Task CompareAsync(ConfluenceBench bench, RandomConfluence world, string when, Outcome outcome)
    {
        var contents = world.Readable;
        foreach (var person in world.People)
        {
            var found = (await bench.FindAsync(person, RandomConfluence.Word)).Select(document => document.Split('#')[0].Split(':')[2]).ToHashSet();
            var allowed = contents.Where(id => bench.Site.CanView(person, id) || bench.Site.CanViewAnonymously(id)).ToHashSet();
            outcome.Leaks.AddRange(found.Except(allowed).Select(id => $"{person} finds {id}: {when}"));
            outcome.Denials.AddRange(allowed.Except(found).Select(id => $"{person} does not find {id}: {when}"));
            outcome.Seen += found.Count;
        }

        outcome.Checks += contents.Count * world.People.Count;
    }

    private sealed class Outcome
    {
        /// <summary>Pairs of a person and a page or blog post.</summary>
        public int Checks { get; set; }

        /// <summary>Of those, how many the person found.</summary>
        public int Seen { get; set; }

        public List<string> Leaks { get; } = [];

        public List<string> Denials { get; } = [];
    }
}
