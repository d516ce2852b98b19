using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>Never silent, never twice, whenever the process is killed: the real host as a process of its own, before a fake of the platform that lives on.</summary>
public sealed class ChaosTests
{
    private const string LongTests = "COPILOTBOT_LONG_TESTS";

    /// <summary>Rules of Teams that nobody can keep who does not know what the process before did; all others are kept.</summary>
    private static readonly string[] ExcusedInTeams =
    [
        "retry-create", // a placeholder of which nobody knows whether it was posted is posted again, on purpose: the answer has to be an update of something
        "retry-refused", // what is refused because of what the dead process left is refused to each of the next ones, too
        "stream-one-open", // the dead process had begun a stream and not noted its id
        "stream-time", // a stream got too old while nobody lived to end it
        "stream-rate", // the dead process had sent to the stream less than a second ago
        "send-rate", // or to the conversation as much as it takes
        "activity-unknown", // what the dead process had removed is removed once more
    ];

    /// <summary>Rules of Slack, likewise.</summary>
    private static readonly string[] ExcusedInSlack =
    [
        "stream-over", // nobody knows whether the dead process had ended the stream, and only a stream that is over can be changed
        "retry-early", // the dead process, not this one, was told how long to wait
        "update-spacing", // the dead process had changed the message less than three seconds ago
    ];

    [Fact]
    public Task No_answer_in_Teams_is_lost_or_doubled_over_30_kills() => SurviveAsync(TeamsChaos.StartAsync, ExcusedInTeams, kills: 32);

    [Fact]
    public Task No_answer_in_Slack_is_lost_or_doubled_over_30_kills() => SurviveAsync(SlackChaos.StartAsync, ExcusedInSlack, kills: 32);

    [Fact]
    public Task No_answer_in_Teams_is_lost_or_doubled_over_300_kills() => SurviveLongAsync(TeamsChaos.StartAsync, ExcusedInTeams);

    [Fact]
    public Task No_answer_in_Slack_is_lost_or_doubled_over_300_kills() => SurviveLongAsync(SlackChaos.StartAsync, ExcusedInSlack);

    private static Task SurviveLongAsync(Func<Task<IChaosPlatform>> start, string[] excused)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(LongTests) == "1", $"It takes a quarter of an hour; set {LongTests}=1 to run it.");
        return SurviveAsync(start, excused, kills: 304);
    }

    /// <summary>Two servers side by side, to use the time in which the other starts.</summary>
    private static async Task SurviveAsync(Func<Task<IChaosPlatform>> start, string[] excused, int kills)
    {
        using var demo = new TemporaryFolder();
        (await CommandRun.InProcessAsync(demo.Path, "ask", "anything", "--data", "data")).Exit.ShouldBe(0);

        var reports = await Task.WhenAll(ChaosRun.RunAsync(start, demo, kills / 2, round: 0), ChaosRun.RunAsync(start, demo, kills / 2, round: 2));

        var report = reports[0] + reports[1];
        TestContext.Current.TestOutputHelper?.WriteLine(report.Summary);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", report.BrokenRules.CountBy(broken => broken.Rule).Select(rule => $"{rule.Key} {rule.Value}")));
        var unexcused = report.BrokenRules.Where(broken => !excused.Contains(broken.Rule)).ToList();
        if (report.Complaints.Count + unexcused.Count > 0)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', report.Lives));
        }

        report.Complaints.ShouldBeEmpty(report.Summary);
        (report.Lost, report.Duplicated, report.Kills).ShouldBe((0, 0, kills));
        report.Orphans.ShouldBeLessThanOrEqualTo(kills);
        unexcused.ShouldBeEmpty();
        KillPlan.Steps.ShouldBeSubsetOf(report.Deaths.Keys);
    }
}
