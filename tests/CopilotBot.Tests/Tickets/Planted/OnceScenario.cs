using CopilotBot.Conversations;
using CopilotBot.FakeJira;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Tickets.Planted;

/// <summary>Drafts that are confirmed and written under every trouble, and a judge of what the tracker holds afterwards.</summary>
internal static class OnceScenario
{
    private static readonly FaultKind?[] Troubles = [null, new FaultKind.DropConnection(AfterActing: true), new FaultKind.DropConnection(), new FaultKind.Status(500, AfterActing: true), new FaultKind.Truncated(), new FaultKind.Status(429, TimeSpan.FromSeconds(2))];

    private static readonly string?[] Deaths = [null, TicketStep.Noted, TicketStep.Written, TicketStep.Searched];

    /// <returns>What is wrong in the first trouble that brings it to light, in words; nothing for the product as it is.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        Action<TicketOptions>? configure = null, Func<ITicketDraftStore, ITicketDraftStore>? storeBug = null, Func<ITicketTracker, ITicketTracker>? trackerBug = null)
    {
        foreach (var (fault, death) in Troubles.SelectMany(fault => Deaths, (fault, death) => (fault, death)))
        {
            await using var bench = await TicketBench.StartAsync(configure: configure, storeBug: storeBug, trackerBug: trackerBug);
            bench.Site.IndexLag = TimeSpan.FromSeconds(30);
            if (fault is not null)
            {
                bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Create, Kind = fault });
            }

            bench.DiesAt = death;
            if (await RunAsync(bench) is { Count: > 0 } complaints)
            {
                return [.. complaints.Select(complaint => $"{fault}, {death}: {complaint}")];
            }
        }

        return [];
    }

    private static async Task<IReadOnlyList<string>> RunAsync(TicketBench bench)
    {
        var complaints = new List<string>();
        var draft = bench.Desk.Open(await bench.DraftAsync());
        var stranger = bench.Desk.Confirm(draft.Id, new ChannelUser("U-bruno", "Bruno"), identity: null);
        bench.Desk.Confirm(draft.Id, bench.Alba, identity: null);
        var settled = await bench.SettleAsync(draft.Id);
        var again = bench.Desk.Confirm(draft.Id, bench.Alba, identity: null);
        await bench.SettleAsync(draft.Id);
        if (stranger.Outcome != TicketDecisionOutcome.NotAllowed)
        {
            complaints.Add("a stranger may confirm");
        }

        if (again.Outcome != TicketDecisionOutcome.AlreadyDecided)
        {
            complaints.Add("it can be confirmed twice");
        }

        if (bench.Site.Issues.Count != 1)
        {
            complaints.Add($"{bench.Site.Issues.Count} tickets");
        }

        if (settled.State != TicketState.Done || bench.Site.Issues.All(issue => issue.Key != settled.TicketKey))
        {
            complaints.Add($"it ended {settled.State} as {settled.TicketKey}");
        }

        return complaints;
    }
}
