using CopilotBot.Conversations;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Tickets;

public sealed class TicketDeskTests
{
    private static readonly ChannelUser Stranger = new("U-bruno", "Bruno");

    [Fact]
    public async Task Only_who_asked_may_confirm_edit_and_cancel()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = bench.Desk.Open(await bench.DraftAsync());
        var identity = new UserIdentity("wiki:bruno", "Bruno", IsStaff: true);

        bench.Desk.Confirm(draft.Id, Stranger, identity).Outcome.ShouldBe(TicketDecisionOutcome.NotAllowed);
        bench.Desk.Cancel(draft.Id, Stranger, identity).Outcome.ShouldBe(TicketDecisionOutcome.NotAllowed);
        bench.Desk.Edit(draft.Id, Stranger, identity, [TicketBench.Value("summary", "Mine")]).Outcome.ShouldBe(TicketDecisionOutcome.NotAllowed);
        bench.Store.Find(draft.Id)!.State.ShouldBe(TicketState.Open);
        bench.Desk.Confirm(draft.Id, bench.Alba, identity: null).Outcome.ShouldBe(TicketDecisionOutcome.Taken);
    }

    [Theory]
    [InlineData("U-bruno", null)]
    [InlineData("wiki:bruno", "wiki:bruno")]
    [InlineData("Bruno@Halvorne.example", "wiki:bruno")]
    public async Task Whom_the_settings_name_may_as_well(string named, string? person)
    {
        await using var bench = await TicketBench.StartAsync(configure: options => options.MayConfirm.Add(named));
        bench.Access.ReplaceDirectory(Some.Source, [], [Some.Person("bruno", "bruno@halvorne.example")]);
        var draft = bench.Desk.Open(await bench.DraftAsync());

        bench.Desk.Confirm(draft.Id, Stranger, new UserIdentity(person, "Bruno", IsStaff: true)).Outcome.ShouldBe(TicketDecisionOutcome.Taken);

        bench.Store.Find(draft.Id)!.DecidedBy.ShouldBe(Stranger.Id);
    }

    [Fact]
    public async Task Whoever_claims_an_address_by_name_alone_may_not()
    {
        await using var bench = await TicketBench.StartAsync(configure: options => options.MayConfirm.Add("bruno@halvorne.example"));
        bench.Access.ReplaceDirectory(Some.Source, [], [Some.Person("bruno", "bruno@halvorne.example")]);
        var draft = bench.Desk.Open(await bench.DraftAsync());

        bench.Desk.Confirm(draft.Id, new ChannelUser("U-x", "bruno@halvorne.example"), new UserIdentity(null, "bruno@halvorne.example", IsStaff: true)).Outcome.ShouldBe(TicketDecisionOutcome.NotAllowed);
    }

    [Fact]
    public async Task Of_many_decisions_at_the_same_time_one_counts()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = bench.Desk.Open(await bench.DraftAsync());

        var decisions = await Task.WhenAll(Enumerable.Range(0, 16).Select(press => Task.Run(() =>
            press % 2 == 0 ? bench.Desk.Confirm(draft.Id, bench.Alba, null) : bench.Desk.Cancel(draft.Id, bench.Alba, null))));

        decisions.Count(decision => decision.Outcome == TicketDecisionOutcome.Taken).ShouldBe(1);
        decisions.Count(decision => decision.Outcome == TicketDecisionOutcome.AlreadyDecided).ShouldBe(15);
    }

    [Fact]
    public async Task What_is_missing_is_asked_for_and_can_be_filled_in()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = bench.Desk.Open(await bench.DraftAsync(TicketBench.Value("priority", "High", "2")));
        draft.Wanted.ShouldBe("summary");

        var early = bench.Desk.Confirm(draft.Id, bench.Alba, null);
        var edited = bench.Desk.Edit(draft.Id, bench.Alba, null, [new FieldValue("summary", "VPN is down", [], 0.2, "VPN"), new FieldValue("priority", "", [], 1, null)]);

        (early.Outcome, early.Wanted).ShouldBe((TicketDecisionOutcome.Incomplete, "summary"));
        edited.Draft!.Fields.ShouldHaveSingleItem().ShouldBe(new FieldValue("summary", "VPN is down", edited.Draft.Fields[0].Ids, 1, null));
        edited.Draft.Wanted.ShouldBeNull();
        bench.Desk.Confirm(draft.Id, bench.Alba, null).Outcome.ShouldBe(TicketDecisionOutcome.Taken);
        bench.Desk.Edit(draft.Id, bench.Alba, null, []).Outcome.ShouldBe(TicketDecisionOutcome.AlreadyDecided);
    }

    [Fact]
    public async Task The_text_of_a_required_choice_that_is_none_of_its_values_is_missing()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync(TicketBench.Value("summary", "VPN is down"), TicketBench.Value("priority", "yesterday"));
        draft = draft with { Type = draft.Type! with { Fields = [.. draft.Type.Fields.Select(field => field.Id == "priority" ? field with { IsRequired = true } : field)] } };

        bench.Desk.Open(draft).Wanted.ShouldBe("priority");
        TicketCompleteness.WantedOf(draft with { Fields = [draft.Fields[0], TicketBench.Value("priority", "High", "99")] }).ShouldBe("priority");
        TicketCompleteness.WantedOf(draft with { Fields = [draft.Fields[0], TicketBench.Value("priority", "High", "2")] }).ShouldBeNull();
    }

    [Fact]
    public async Task An_update_needs_a_ticket_and_something_to_say()
    {
        await using var bench = await TicketBench.StartAsync();

        bench.Desk.Open(bench.Update("the VPN one", "Still broken")).Wanted.ShouldBe("ticket");
        var silent = bench.Desk.Open(bench.Update("VPN-1", null));
        silent.Wanted.ShouldBe("comment");

        bench.Desk.Edit(silent.Id, bench.Alba, null, [TicketBench.Value("status", "Done")]).Draft!.Status.ShouldBe("Done");
        bench.Desk.Confirm(silent.Id, bench.Alba, null).Outcome.ShouldBe(TicketDecisionOutcome.Taken);
    }

    [Fact]
    public async Task A_turn_that_is_worked_on_again_keeps_its_draft_and_its_key()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync();

        var first = bench.Desk.Open(draft);
        var again = bench.Desk.Open(draft);

        again.IdempotencyKey.ShouldBe(first.IdempotencyKey);
        first.IdempotencyKey.Length.ShouldBe(32);
        bench.Desk.Open(await bench.DraftAsync()).IdempotencyKey.ShouldNotBe(first.IdempotencyKey);
    }

    [Fact]
    public async Task Every_decision_leaves_an_audit_entry_and_a_refused_one_none()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = bench.Desk.Open(await bench.DraftAsync());
        bench.Desk.Confirm(draft.Id, Stranger, null);
        bench.Desk.Edit(draft.Id, bench.Alba, null, [TicketBench.Value("priority", "High", "2")]);
        bench.Desk.Confirm(draft.Id, bench.Alba, null);
        bench.Desk.Cancel(draft.Id, bench.Alba, null);
        await bench.SettleAsync(draft.Id);

        bench.Store.GetAudit(10).Select(entry => (entry.Event, entry.Who, entry.TicketKey)).ShouldBe(
            [("written", bench.Alba.Id, "VPN-1"), ("confirmed", bench.Alba.Id, null), ("edited", bench.Alba.Id, null), ("drafted", bench.Alba.Id, null)]);
        bench.Desk.Confirm(TurnId.New(), bench.Alba, null).Outcome.ShouldBe(TicketDecisionOutcome.Unknown);
    }
}
