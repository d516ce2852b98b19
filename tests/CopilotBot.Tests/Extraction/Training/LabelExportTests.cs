using CopilotBot.Conversations;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Training;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Extraction.Training;

public sealed class LabelExportTests : IDisposable
{
    private const string Text = "Printer on floor 3 in Berlin is down, blocker, give it to Ana Ruiz by Friday";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_a_person_left_is_labelled_by_its_evidence_and_what_they_wrote_by_its_words()
    {
        var draft = Draft(
            new FieldValue("summary", "Printer is down", [], 0.9, null),
            new FieldValue("components", "Printing", ["10"], 0.8, "Printer"),
            new FieldValue("duedate", "2026-11-27", [], 0.9, "by Friday"),
            new FieldValue("assignee", "ana ruiz", ["u1"], 1, null),
            new FieldValue("customfield_10042", "Berlin", [], 1, null),
            new FieldValue("labels", "facilities", [], 0.5, null));

        var line = LabelExport.Label(draft, Text);

        line.Slots.Select(slot => $"{slot.Slot}={slot.Value}").ShouldBe(["system=Printer", "location=Berlin", "assignee=Ana Ruiz", "due_date=by Friday"]);
        (line.Intent, line.Split, line.Unplaced.Count).ShouldBe(("create_ticket", "train", 0));
    }

    [Fact]
    public void A_correction_that_is_not_in_the_message_drops_the_span_and_marks_the_message()
    {
        var line = LabelExport.Label(Draft(new FieldValue("priority", "High", ["2"], 1, null)), Text);

        line.Slots.ShouldBeEmpty();
        line.Tags.ShouldAllBe(tag => tag == "O");
        (line.Split, line.Unplaced.ShouldHaveSingleItem()).ShouldBe(("review", "priority"));
    }

    [Fact]
    public void Words_inside_words_are_not_the_value()
    {
        var line = LabelExport.Label(Draft(new FieldValue("labels", "print", ["print"], 1, null)), Text);

        line.Unplaced.ShouldBe(["label"]);
    }

    [Fact]
    public void An_update_names_its_ticket_and_its_comment()
    {
        var draft = Draft() with { Action = TicketAction.Update, TicketKey = "OPS-482", Comment = "fixed in 2.14.1" };

        var line = LabelExport.Label(draft, "note on OPS-482: fixed in 2.14.1");

        line.Intent.ShouldBe("update_ticket");
        line.Slots.Select(slot => $"{slot.Slot}={slot.Value}").ShouldBe(["ticket_key=OPS-482", "comment=fixed in 2.14.1"]);
    }

    [Fact]
    public void Lines_are_read_back_as_a_labelled_set()
    {
        var (drafts, turns) = (new DoneDrafts(), new KeptTurns());
        drafts.Add(Draft(new FieldValue("components", "Printing", ["10"], 0.8, "Printer")));
        drafts.Add(Draft() with { Id = new TurnId("t2") });
        drafts.Add(Draft() with { Id = new TurnId("gone") });
        turns.Add("t1", Text);
        turns.Add("t2", Text);

        var line = new LabelExport(drafts, turns).Collect().ShouldHaveSingleItem();

        _folder.Write("set.jsonl", line.ToLine() + "\n");
        var message = LabelledSet.Read(_folder.In("set.jsonl"), "train").ShouldHaveSingleItem();
        message.Slots.Select(slot => $"{slot.Slot}={slot.Span.Of(Text)}").ShouldBe(["system=Printer"]);
    }

    public void Dispose() => _folder.Dispose();

    private static TicketDraft Draft(params FieldValue[] fields) => new()
    {
        Id = new TurnId("t1"),
        Action = TicketAction.Create,
        Requester = "u0",
        RequesterName = "Kim",
        Created = Some.Day,
        Type = new TicketType("1", "Incident", [new TicketField("customfield_10042", "Location", TicketFieldKind.Text, false, [])]),
        Fields = fields,
        State = TicketState.Done,
    };

    private sealed class DoneDrafts : ITicketDraftStore
    {
        private readonly List<TicketDraft> _drafts = [];

        public void Add(TicketDraft draft) => _drafts.Add(draft);

        public bool TryAdd(TicketDraft draft, TicketAudit? audit) => throw new NotSupportedException();

        public TicketDraft? Find(TurnId id) => throw new NotSupportedException();

        public TicketDraft? Change(TurnId id, Func<TicketDraft, TicketDraft?> change, TicketAudit? audit) => throw new NotSupportedException();

        public IReadOnlyList<TicketDraft> GetConfirmed() => throw new NotSupportedException();

        public IReadOnlyList<TicketDraft> GetUnshown() => throw new NotSupportedException();

        public IReadOnlyList<TicketDraft> GetDone(int count) => _drafts;

        public void Add(TicketAudit entry) => throw new NotSupportedException();

        public IReadOnlyList<TicketAudit> GetAudit(int count) => throw new NotSupportedException();

        public int Prune(DateTimeOffset before) => throw new NotSupportedException();
    }

    private sealed class KeptTurns : ITurnStore
    {
        private readonly Dictionary<TurnId, TurnRecord> _turns = [];

        public void Add(string id, string text) => _turns[new TurnId(id)] = new TurnRecord(
            new TurnId(id), new ConversationReference("web", "c"), new UserIdentity("u0", "Kim", true), text, Some.Day, "Drafted", "", [], [], [], null);

        public void Save(TurnRecord turn) => throw new NotSupportedException();

        public TurnRecord? Find(TurnId id) => _turns.GetValueOrDefault(id);

        public IReadOnlyList<TurnRecord> GetRecent(int count) => throw new NotSupportedException();

        public IReadOnlyList<TurnRecord> GetConversation(ConversationReference conversation, int count) => throw new NotSupportedException();

        public int Prune(string channel, DateTimeOffset before) => throw new NotSupportedException();
    }
}
