using System.Text.RegularExpressions;
using CopilotBot.FakeConfluence;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>Each fault of facts/sources.md §5.3 and §7.5 at each kind of call that a run makes: nobody finds more meanwhile, nothing is lost, and afterwards all is well.</summary>
public sealed partial class ConfluenceFaultTests
{
    private static readonly Dictionary<string, FaultKind> Faults = new()
    {
        ["burst"] = FaultKind.Burst(TimeSpan.FromSeconds(7)),
        ["quota"] = FaultKind.Quota(TimeSpan.FromMinutes(15)),
        ["throttled without header"] = FaultKind.ThrottledWithoutHeader(),
        ["503"] = new FaultKind.Status(503),
        ["500"] = new FaultKind.Status(500),
        ["404"] = new FaultKind.Status(404),
        ["403"] = new FaultKind.Status(403),
        ["401"] = new FaultKind.Status(401),
        ["410"] = new FaultKind.Status(410),
        ["dropped"] = new FaultKind.DropConnection(),
        ["truncated"] = new FaultKind.Truncated(),
        ["repeated cursor"] = new FaultKind.RepeatedCursor(),
        ["empty listing"] = new FaultKind.EmptyListing(),
    };

    private static readonly string[] InShort = ["quota", "truncated", "404", "empty listing"];

    private static bool IsLong => Environment.GetEnvironmentVariable("COPILOTBOT_LONG_TESTS") == "1";

    /// <summary>
    /// Every fault, as one that the second call of a kind meets once, and as one that all calls of a kind meet for the whole run; outside the long category a few that
    /// last.
    /// </summary>
    public static MatrixTheoryData<string, bool, ConfluenceEdition> Matrix => IsLong
        ? new(Faults.Keys, [false, true], Enum.GetValues<ConfluenceEdition>())
        : new(InShort, [true], [ConfluenceEdition.Cloud]);

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Trouble_at_any_call_of_a_run_shows_nobody_more_and_loses_nothing(string fault, bool lasts, ConfluenceEdition edition)
    {
        await using var wiki = await FaultySite.StartAsync(edition);
        wiki.Site.Set(site => site.LongestPage = 9);
        // That a page has no attachments any more is believed where the list of them ends properly: nothing tells such a list from a wrong one.
        foreach (var kind in (await KindsOfCallsAsync(wiki)).Where(kind => fault != "empty listing" || !kind.EndsWith("/attachments", StringComparison.Ordinal)))
        {
            var when = $"{fault} at {kind}";
            var (before, kept) = (await wiki.FoundAsync(), wiki.Kept());
            before.UnionWith(wiki.Allowed());
            wiki.Happen();
            before.UnionWith(wiki.Allowed());
            wiki.Bench.Time.Advance(TimeSpan.FromMinutes(1));
            var (seen, isOn) = (0, true);
            wiki.Site.Trouble = call => isOn && KindOf(call) == kind && (++seen == 2 || lasts) ? Faults[fault] : null;

            var report = await wiki.Bench.Bench.RunAsync();

            isOn = false;
            (await wiki.FoundAsync()).Except(before).ShouldBeEmpty(when);
            kept.Except(wiki.Kept()).ShouldBeEmpty($"{when}: {report.Error}");
            await wiki.ShouldRecoverAsync(when);
        }
    }

    private static async Task<List<string>> KindsOfCallsAsync(FaultySite wiki)
    {
        var from = wiki.Site.Calls.Count;
        wiki.Happen();
        wiki.Bench.Time.Advance(TimeSpan.FromMinutes(1));
        (await wiki.Bench.Bench.RunAsync()).Error.ShouldBeNull();
        return [.. wiki.Site.Calls.Skip(from).Select(KindOf).Distinct()];
    }

    private static string KindOf(CallSeen call) => $"{call.Method} {Numbers().Replace(call.Path, "N")}";

    [GeneratedRegex(@"(?<=/)[^/]*\d{2,}[^/]*")]
    private static partial Regex Numbers();
}
