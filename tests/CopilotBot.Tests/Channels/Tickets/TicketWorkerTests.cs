using CopilotBot.Channels;
using CopilotBot.Channels.Tickets;
using CopilotBot.FakeJira;
using CopilotBot.Tests.Tickets;
using CopilotBot.Tickets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CopilotBot.Tests.Channels.Tickets;

public sealed class TicketWorkerTests
{
    [Fact]
    public async Task What_is_confirmed_is_written_at_once_and_told_of()
    {
        await using var bench = await TicketBench.StartAsync();
        var changes = new RecordedChanges();
        using var worker = NewWorker(bench, changes);
        await worker.StartAsync(Cancel);

        var draft = bench.Confirm(await bench.DraftAsync());
        await UntilAsync(bench, () => bench.Store.Find(draft.Id) is { Shown: TicketState.Done });
        await worker.StopAsync(Cancel);

        changes.Told.Last().TicketKey.ShouldBe("VPN-1");
        changes.Told.Select(told => told.State).ShouldBeSubsetOf([TicketState.Confirmed, TicketState.Done]);
        bench.Site.Issues.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_last_process_left_is_taken_up_and_told_of_again()
    {
        await using var bench = await TicketBench.StartAsync();
        var confirmed = bench.Confirm(await bench.DraftAsync());
        var done = bench.Confirm(await bench.DraftAsync());
        await bench.SettleAsync(done.Id);
        var shown = bench.Confirm(await bench.DraftAsync());
        await bench.SettleAsync(shown.Id);
        bench.Store.Change(shown.Id, draft => draft with { Shown = draft.State });
        var changes = new RecordedChanges();
        using var worker = NewWorker(bench, changes);

        await worker.StartAsync(Cancel);
        await UntilAsync(bench, () => bench.Store.GetUnshown().Count == 0 && bench.Store.GetConfirmed().Count == 0);
        await worker.StopAsync(Cancel);

        changes.Told.Select(told => (told.Id, told.State)).ShouldContain((done.Id, TicketState.Done));
        changes.Told.Select(told => (told.Id, told.State)).ShouldContain((confirmed.Id, TicketState.Done));
        changes.Told.ShouldNotContain(told => told.Id == shown.Id);
        bench.Site.Issues.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_could_not_be_told_is_told_later_and_one_draft_that_waits_keeps_no_other()
    {
        await using var bench = await TicketBench.StartAsync();
        bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Create, Kind = new FaultKind.DropConnection() });
        var changes = new RecordedChanges { Failures = 2 };
        using var worker = NewWorker(bench, changes);
        await worker.StartAsync(Cancel);

        var drafts = new List<TicketDraft>();
        for (var draft = 0; draft < 6; draft++)
        {
            drafts.Add(bench.Confirm(await bench.DraftAsync()));
        }

        await UntilAsync(bench, () => bench.Site.Issues.Count >= 5);
        await UntilAsync(bench, () => drafts.All(draft => bench.Store.Find(draft.Id) is { Shown: TicketState.Done }));
        await worker.StopAsync(Cancel);

        bench.Site.Issues.Count.ShouldBe(6);
        changes.Told.Count(told => told.State == TicketState.Done).ShouldBe(6);
    }

    [Fact]
    public async Task Old_drafts_are_forgotten_while_the_server_runs()
    {
        await using var bench = await TicketBench.StartAsync();
        var old = bench.Desk.Open(await bench.DraftAsync());
        using var worker = NewWorker(bench, new RecordedChanges());
        await worker.StartAsync(Cancel);

        bench.Clock.Advance(TimeSpan.FromDays(31));
        bench.Bell.Ring();
        await UntilAsync(bench, () => bench.Store.Find(old.Id) is null);

        await worker.StopAsync(Cancel);
    }

    private static TicketWorker NewWorker(TicketBench bench, ITicketObserver observer) => new(bench.Store, bench.Writer, bench.Bell, [observer], Options.Create(new ChannelOptions { RetentionDays = 30 }), NullLogger<TicketWorker>.Instance, bench.Clock);

    /// <summary>Lets the bench's clock run, which the worker and its waits follow.</summary>
    private static Task UntilAsync(TicketBench bench, Func<bool> isSo) => EngineHost.UntilAsync(() =>
    {
        bench.Clock.Advance(TimeSpan.FromMilliseconds(100));
        return isSo();
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
