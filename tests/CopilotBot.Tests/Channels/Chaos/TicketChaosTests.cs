using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>One ticket and one comment for each confirmed draft, whenever the process is killed and however the tracker fails: the real host as a process of its own.</summary>
public sealed class TicketChaosTests
{
    private const string LongTests = "COPILOTBOT_LONG_TESTS";

    /// <summary>The dead process, not this one, was told how long to wait; all other rules are kept.</summary>
    private const string Excused = "retry-early";

    [Fact]
    public Task Each_draft_becomes_one_ticket_over_12_kills() => SurviveAsync(kills: 12);

    [Fact]
    public Task Each_draft_becomes_one_ticket_over_100_kills()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(LongTests) == "1", $"It takes some ten minutes; set {LongTests}=1 to run it.");
        return SurviveAsync(kills: 100);
    }

    /// <summary>Two servers side by side, to use the time in which the other starts.</summary>
    private static async Task SurviveAsync(int kills)
    {
        using var handbook = new Handbook();
        (await handbook.AddAsync()).Exit.ShouldBe(0);

        var reports = await Task.WhenAll(TicketChaosRun.RunAsync(handbook, kills / 2, seed: 1), TicketChaosRun.RunAsync(handbook, kills / 2, seed: 2));

        var report = reports[0] + reports[1];
        TestContext.Current.TestOutputHelper?.WriteLine(report.Summary);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", report.BrokenRules.CountBy(broken => broken.Rule).Select(rule => $"{rule.Key} {rule.Value}")));
        var unexcused = report.BrokenRules.Where(broken => broken.Rule != Excused).ToList();
        if (report.Complaints.Count + unexcused.Count > 0)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', report.Lives));
        }

        report.Complaints.ShouldBeEmpty(report.Summary);
        unexcused.ShouldBeEmpty();
        report.Kills.ShouldBe(kills);
        if (kills >= 100)
        {
            TicketChaosRun.Steps.ShouldBeSubsetOf(report.Deaths.Keys);
        }
    }
}
