using CopilotBot.Conversations;
using CopilotBot.Extraction;
using CopilotBot.Extraction.Rules;
using CopilotBot.Inference;
using CopilotBot.Knowledge;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Extraction;

public sealed class TicketExtractorTests
{
    private static readonly TicketRules Demo = TicketRules.Load(Path.Combine(RepositoryPaths.Root, "src", "CopilotBot", "Demo", "tickets.yaml"));

    /// <summary>A Wednesday.</summary>
    private static readonly ExtractionContext Context = new(new DateTimeOffset(2026, 9, 16, 10, 0, 0, TimeSpan.FromHours(2)), "Alba Quintero", []);

    [Fact]
    public async Task Fields_are_filled_from_the_words_of_the_message()
    {
        const string Text = "Badge reader at gate B in Port Ainslie is dead since Monday, please raise an incident, P2, needed by Friday";

        var draft = await ExtractAsync(Text, [("system", "Badge reader"), ("location", "Port Ainslie"), ("started", "since Monday"), ("issue_type", "incident"), ("priority", "P2"), ("due_date", "by Friday")]);

        (draft.Action, draft.Project, draft.Type!.Name, draft.Wanted).ShouldBe((TicketAction.Create, "OPS", "Incident", null));
        draft.TextOf("priority").ShouldBe("High");
        draft.TextOf("customfield_10031").ShouldBe("Port Ainslie");
        draft.TextOf("customfield_10033").ShouldBe("2026-09-14");
        draft.TextOf("duedate").ShouldBe("2026-09-18");
        draft.TextOf("summary")!.ShouldStartWith("Badge reader at gate B");
        draft.Fields.Single(field => field.Field == "priority").ShouldSatisfyAllConditions(field => field.Evidence.ShouldBe("P2"), field => field.Ids.ShouldBe(["High"]));
    }

    [Fact]
    public async Task A_field_without_evidence_stays_empty_and_the_required_one_is_asked_for()
    {
        var draft = await ExtractAsync("my second screen stays dark", [("system", "second screen")]);

        draft.Project.ShouldBe("HELP");
        draft.TextOf("components").ShouldBe("Workplace");
        draft.Fields.Select(field => field.Field).ShouldBe(["summary", "description", "components"]);
        draft.Wanted.ShouldBe("customfield_10031");
    }

    [Fact]
    public async Task What_has_no_field_of_its_own_is_said_in_the_description_and_nowhere_twice()
    {
        var draft = await ExtractAsync("Frobnicator 3.1 in Stromvik crashes", [("system", "Frobnicator"), ("version", "3.1"), ("location", "Stromvik")]);

        draft.TextOf("components").ShouldBeNull();
        draft.TextOf("description").ShouldBe("Frobnicator 3.1 in Stromvik crashes\n\nSystem: Frobnicator\nVersion: 3.1");
    }

    [Fact]
    public async Task A_value_that_is_not_allowed_is_not_made_up()
    {
        var draft = await ExtractAsync("door in Valparaiso does not lock", [("location", "Valparaiso")]);

        draft.TextOf("customfield_10031").ShouldBeNull();
        draft.Wanted.ShouldBe("customfield_10031");
        draft.TextOf("description")!.ShouldEndWith("Location: Valparaiso");
    }

    [Fact]
    public async Task A_project_that_the_message_names_goes_before_the_rules()
    {
        var draft = await ExtractAsync("camera shows noise, put it into the Kelpline board as a story", [("project", "Kelpline board"), ("issue_type", "story")]);

        (draft.Project, draft.Type!.Name).ShouldBe(("KELP", "Story"));
    }

    [Fact]
    public async Task The_thread_says_what_the_message_leaves_out_and_the_message_wins()
    {
        var context = Context with { Thread = ["Deepbook at Cala Brava stops with DBK-709 error", "same here"] };

        var draft = await ExtractAsync("please make a ticket, I am in Stromvik", [("location", "Stromvik")], context);

        draft.TextOf("customfield_10031").ShouldBe("Stromvik");
        draft.TextOf("components").ShouldBe("Deepbook");
        draft.TextOf("description")!.ShouldContain("Said before in the thread:\n> Deepbook at Cala Brava stops with DBK-709 error\n> same here");
    }

    [Fact]
    public async Task Me_is_who_asked()
    {
        var draft = await ExtractAsync("assign it to me, dock is dead", [("assignee", "me"), ("system", "dock")]);

        draft.TextOf("assignee").ShouldBe("Alba Quintero");
    }

    [Fact]
    public async Task A_change_of_a_ticket_has_its_key_its_status_and_what_is_to_be_said()
    {
        var draft = await ExtractAsync("close help 24, laptop came back", [("status", "close"), ("ticket_key", "help 24"), ("comment", "laptop came back")], intent: Intent.UpdateTicket);

        (draft.Action, draft.TicketKey, draft.Status, draft.Comment, draft.Wanted).ShouldBe((TicketAction.Update, "HELP-24", "Closed", "laptop came back", null));
    }

    [Fact]
    public async Task A_change_of_no_ticket_asks_which()
    {
        var draft = await ExtractAsync("reopen it", [("status", "reopen")], intent: Intent.UpdateTicket);

        draft.Wanted.ShouldBe(TicketExtractor.TicketWanted);
    }

    [Fact]
    public async Task Without_any_schema_the_project_is_asked_for()
    {
        var extractor = new TicketExtractor(ShippedReader.Reader, TicketRules.None);

        var draft = await extractor.ExtractAsync(Blank(), "printer jam", IntentRouter.Force(Intent.CreateTicket, new TaggedText([("create_ticket", 1)], [])), Context, new TicketSchema([]), TestContext.Current.CancellationToken);

        (draft.Wanted, draft.Type).ShouldBe((TicketExtractor.ProjectWanted, null));
        draft.TextOf("summary").ShouldBe("Printer jam");
    }

    [Theory]
    [InlineData("Hi team, please open a ticket for the VPN: it drops every ten minutes.", "The VPN: it drops every ten minutes")]
    [InlineData("hello! can you raise an incident because nobody at gate 4 can badge in", "Nobody at gate 4 can badge in")]
    [InlineData("iPad of Kira freezes", "iPad of Kira freezes")]
    [InlineData("Good morning. Sorry for my english. Scanner prints empty labels since the update.", "Scanner prints empty labels since the update")]
    public void A_title_is_made_of_the_message_without_its_courtesies(string text, string expected) => TicketSummary.Of(text, new TaggedText([("create_ticket", 1)], [])).ShouldBe(expected);

    [Fact]
    public async Task A_message_goes_all_the_way_with_the_models_that_ship()
    {
        const string Text = "Skerry asks for a code again and again in Stromvik since yesterday. Raise an incident please, it's urgent";
        var routed = await ShippedReader.Router.RouteAsync(Text, TestContext.Current.CancellationToken);
        var extractor = new TicketExtractor(ShippedReader.Reader, Demo);

        var draft = await extractor.ExtractAsync(Blank(), Text, routed, Context, new TicketSchema([]), TestContext.Current.CancellationToken);

        (routed.Intent, draft.Project, draft.Type!.Name, draft.Wanted).ShouldBe((Intent.CreateTicket, "HELP", "Incident", null));
        draft.TextOf("components").ShouldBe("Network and VPN");
        draft.TextOf("customfield_10031").ShouldBe("Stromvik");
        draft.TextOf("priority").ShouldBe("High");
    }

    private static Task<TicketDraft> ExtractAsync(string text, (string Slot, string Words)[] slots, ExtractionContext? context = null, Intent intent = Intent.CreateTicket)
    {
        TaggedSpan[] spans = [.. slots.Select(slot => new TaggedSpan(slot.Slot, new TextSpan(text.IndexOf(slot.Words, StringComparison.Ordinal), slot.Words.Length), .9))];
        var routed = IntentRouter.Force(intent, new TaggedText([(IntentNames.NameOf(intent), 1)], spans));
        return new TicketExtractor(ShippedReader.Reader, Demo).ExtractAsync(Blank(), text, routed, context ?? Context, new TicketSchema([]), TestContext.Current.CancellationToken);
    }

    private static TicketDraft Blank() => new() { Id = TurnId.New(), Action = TicketAction.Create, Requester = "u1", RequesterName = "Alba Quintero", Created = Context.Now };
}
