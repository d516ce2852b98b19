using System.Text.Json;
using CopilotBot.Conversations;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Storage;

/// <summary>What every store of ticket drafts keeps.</summary>
public abstract class TicketDraftStoreConformance
{
    protected abstract ITicketDraftStore Store { get; }

    protected abstract ITicketDraftStore Reopen();

    [Fact]
    public void A_draft_comes_back_whole_for_the_next_process()
    {
        var field = new TicketField("priority", "Priority", TicketFieldKind.Choice, IsRequired: true, [new AllowedValue("2", "High")]) { HasDefault = true };
        var draft = Draft("whole", 0) with
        {
            Type = new TicketType("10001", "Incident", [field]),
            Fields = [new FieldValue("priority", "High", ["2"], 0.75, "urgent")],
            Similar = [new SimilarTicket("VPN-1", "VPN is down", IsOpen: true, "https://jira.example/browse/VPN-1")],
            State = TicketState.Confirmed,
            Attempts = 2,
            Attempted = Some.Day,
            EmptySearches = 1,
            IsUnclear = true,
        };
        Store.TryAdd(draft).ShouldBeTrue();

        var found = Reopen().Find(draft.Id).ShouldNotBeNull();

        JsonSerializer.Serialize(found).ShouldBe(JsonSerializer.Serialize(draft));
        Store.Find(TurnId.New()).ShouldBeNull();
    }

    [Fact]
    public void One_turn_has_one_draft_and_the_first_one_stays()
    {
        var draft = Draft("first", 0);

        Store.TryAdd(draft, Entry(draft, "drafted")).ShouldBeTrue();
        Store.TryAdd(draft with { Project = "OTHER" }, Entry(draft, "drafted")).ShouldBeFalse();

        Store.Find(draft.Id).ShouldNotBeNull().Project.ShouldBe("VPN");
        Store.GetAudit(10).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_change_is_stored_with_its_audit_entry_or_not_at_all()
    {
        var draft = Draft("changed", 0);
        Store.TryAdd(draft);

        Store.Change(draft.Id, now => now with { State = TicketState.Confirmed }, Entry(draft, "confirmed")).ShouldNotBeNull().State.ShouldBe(TicketState.Confirmed);
        Store.Change(draft.Id, _ => null, Entry(draft, "cancelled")).ShouldBeNull();
        Store.Change(TurnId.New(), now => now, Entry(draft, "cancelled")).ShouldBeNull();

        Reopen();
        Store.Find(draft.Id).ShouldNotBeNull().State.ShouldBe(TicketState.Confirmed);
        Store.GetAudit(10).Select(entry => entry.Event).ShouldBe(["confirmed"]);
    }

    [Fact]
    public async Task Of_two_changes_at_the_same_time_the_second_sees_the_first()
    {
        var draft = Draft("busy", 0);
        Store.TryAdd(draft);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.Change(draft.Id, now => now with { Attempts = now.Attempts + 1 }))));

        Store.Find(draft.Id).ShouldNotBeNull().Attempts.ShouldBe(20);
    }

    [Fact]
    public void What_is_to_be_written_and_what_is_to_be_shown_come_oldest_first()
    {
        Store.TryAdd(Draft("second", 2) with { State = TicketState.Confirmed });
        Store.TryAdd(Draft("first", 1) with { State = TicketState.Confirmed, Shown = TicketState.Confirmed });
        Store.TryAdd(Draft("open", 0));
        Store.TryAdd(Draft("done", 3) with { State = TicketState.Done });
        Store.TryAdd(Draft("shown", 4) with { State = TicketState.Done, Shown = TicketState.Done });

        Store.GetConfirmed().Select(draft => draft.RequesterName).ShouldBe(["first", "second"]);
        Store.GetUnshown().Select(draft => draft.RequesterName).ShouldBe(["second", "done"]);
    }

    [Fact]
    public void What_was_done_and_the_audit_come_newest_first_and_no_more_than_asked_for()
    {
        foreach (var minute in Enumerable.Range(0, 12))
        {
            var draft = Draft($"{minute}", 0) with { State = TicketState.Done, Decided = Some.Day.AddMinutes(minute) };
            Store.TryAdd(draft);
            Store.Add(Entry(draft, "written") with { Detail = $"{minute}" });
        }

        Store.GetDone(3).Select(draft => draft.RequesterName).ShouldBe(["11", "10", "9"]);
        Store.GetAudit(3).Select(entry => entry.Detail).ShouldBe(["11", "10", "9"]);
    }

    [Fact]
    public void Old_drafts_are_forgotten_but_what_is_still_to_be_written_and_the_audit_are_not()
    {
        var old = Draft("old", 0);
        Store.TryAdd(old, Entry(old, "drafted"));
        Store.TryAdd(Draft("old and confirmed", 0) with { State = TicketState.Confirmed });
        Store.TryAdd(Draft("old and done", 0) with { State = TicketState.Done });
        var young = Draft("young", 10);
        Store.TryAdd(young);

        Store.Prune(Some.Day.AddMinutes(5)).ShouldBe(2);

        Store.Find(old.Id).ShouldBeNull();
        Store.Find(young.Id).ShouldNotBeNull();
        Store.GetConfirmed().ShouldHaveSingleItem();
        Store.GetAudit(10).ShouldHaveSingleItem();
    }

    private static TicketDraft Draft(string who, int minute) => new()
    {
        Id = TurnId.New(),
        Action = TicketAction.Create,
        Requester = who,
        RequesterName = who,
        Created = Some.Day.AddMinutes(minute),
        Project = "VPN",
        IdempotencyKey = who,
    };

    private static TicketAudit Entry(TicketDraft draft, string what) => new(draft.Id, Some.Day, draft.Requester, what, null, null);
}
