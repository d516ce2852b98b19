using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>Never silent, never twice, whenever the process is killed: the real host as a process of its own, before a fake of Teams that lives on.</summary>
public sealed class ChaosTests
{
    private const string LongTests = "COPILOTBOT_LONG_TESTS";

    [Fact]
    public Task No_answer_is_lost_or_doubled_over_30_kills() => SurviveAsync(kills: 32);

    [Fact]
    public Task No_answer_is_lost_or_doubled_over_300_kills()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(LongTests) == "1", $"It takes a quarter of an hour; set {LongTests}=1 to run it.");
        return SurviveAsync(kills: 304);
    }

    /// <summary>Two servers side by side, to use the time in which the other starts.</summary>
    private static async Task SurviveAsync(int kills)
    {
        using var demo = new TemporaryFolder();
        (await CommandRun.InProcessAsync(demo.Path, "ask", "anything", "--data", "data")).Exit.ShouldBe(0);

        var reports = await Task.WhenAll(ChaosRun.RunAsync(demo, kills / 2, round: 0), ChaosRun.RunAsync(demo, kills / 2, round: 2));

        var report = reports[0] + reports[1];
        TestContext.Current.TestOutputHelper?.WriteLine(report.Summary);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", report.Violations.CountBy(violation => violation.Rule)));
        if (report.Complaints.Count > 0)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', report.Lives));
        }

        report.Complaints.ShouldBeEmpty(report.Summary);
        (report.Lost, report.Duplicated, report.Kills).ShouldBe((0, 0, kills));
        report.Orphans.ShouldBeLessThanOrEqualTo(kills);
        KillPlan.Steps.ShouldBeSubsetOf(report.Deaths.Keys);
    }
}
