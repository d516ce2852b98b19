using System.Text.Json.Nodes;
using CopilotBot.FakeJira;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Tickets;

public sealed class JiraTrackerTests
{
    [Theory]
    [InlineData(JiraEdition.Cloud)]
    [InlineData(JiraEdition.DataCenter)]
    public async Task The_schema_is_what_the_create_screens_ask_for(JiraEdition edition)
    {
        await using var bench = await TicketBench.StartAsync(edition);
        bench.Site.SetLongestPage(3);
        bench.Site.AddType(TicketBench.Project, "Part of something", TicketScreen.Fields, isSubtask: true);
        bench.Site.AddType(TicketBench.Project, "Measurement", [JiraField.Summary, JiraField.Number(10050, "Reading") with { IsRequired = true }]);
        bench.Site.AddType(TicketBench.Project, "Estimate", [JiraField.Summary, JiraField.Number(10050, "Reading") with { IsRequired = true, HasDefault = true }]);

        var schema = await bench.Tracker.GetSchemaAsync(Cancel);

        var project = schema.Projects.ShouldHaveSingleItem();
        (project.Key, project.Name).ShouldBe(("VPN", "Remote access"));
        project.Types.Select(type => type.Name).ShouldBe(["Incident", "Estimate"]);
        project.Types[0].Fields.Select(field => (field.Id, field.Kind)).ShouldBe(
        [
            ("summary", TicketFieldKind.Text), ("description", TicketFieldKind.LongText), ("priority", TicketFieldKind.Choice), ("components", TicketFieldKind.Choices), ("assignee", TicketFieldKind.Person),
            ("duedate", TicketFieldKind.Date), ("labels", TicketFieldKind.Labels), ("issuelinks", TicketFieldKind.Tickets), ("attachment", TicketFieldKind.Unsupported), ("customfield_10042", TicketFieldKind.Choice),
            ("customfield_10043", TicketFieldKind.LongText),
        ]);
        project.Types[0].Fields.Single(field => field.Id == "customfield_10042").Allowed.ShouldBe([new AllowedValue("100420", "Office"), new AllowedValue("100421", "Plant")]);
        bench.Log.ShouldContain("Measurement cannot be created in VPN from a chat: the field Reading is required there and cannot be filled");
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_is_read_once_for_all_who_ask_and_again_when_it_is_old()
    {
        await using var bench = await TicketBench.StartAsync();
        using var tracker = bench.NewTracker();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tracker.GetSchemaAsync(Cancel)));
        bench.Site.Calls.Count(call => call.Call == JiraCall.GetTypes).ShouldBe(1);

        bench.Clock.Advance(TimeSpan.FromMinutes(14));
        await tracker.GetSchemaAsync(Cancel);
        bench.Site.Calls.Count(call => call.Call == JiraCall.GetTypes).ShouldBe(1);

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await tracker.GetSchemaAsync(Cancel);
        bench.Site.Calls.Count(call => call.Call == JiraCall.GetTypes).ShouldBe(2);
    }

    [Fact]
    public async Task A_schema_that_cannot_be_read_again_stays_and_one_that_never_could_is_an_error_that_says_what_to_do()
    {
        await using var bench = await TicketBench.StartAsync();
        var known = await bench.Tracker.GetSchemaAsync(Cancel);
        bench.Clock.Advance(TimeSpan.FromHours(1));
        bench.Secrets.Token = "revoked";
        using var fresh = bench.NewTracker();

        (await bench.Tracker.GetSchemaAsync(Cancel)).ShouldBeSameAs(known);
        (await Should.ThrowAsync<TrackerException>(() => fresh.GetSchemaAsync(Cancel))).Message.ShouldBe("Jira does not accept the bot's token: an administrator has to renew Tickets:Token.");
    }

    [Fact]
    public async Task Every_kind_of_value_arrives_as_Jira_Cloud_wants_it()
    {
        await using var bench = await TicketBench.StartAsync();
        var account = bench.Site.AddUser("Alba Quintero", "alba.quintero@halvorne.example");
        bench.Site.AddUser("Alban Roche", "alban.roche@halvorne.example");
        var other = bench.Site.AddIssue(TicketBench.Project, "VPN drops in the east wing");
        var draft = await FullDraftAsync(bench, other);

        var reply = await bench.Tracker.WriteAsync(draft, Cancel);

        reply.ShouldBe(new TrackerReply(TrackerStatus.Done, "VPN-2", $"{bench.Site.Address}/browse/VPN-2"));
        var issue = bench.Site.Issues[^1];
        JsonNode.Parse(issue.Fields.GetRawText())!["description"]!.ToJsonString().ShouldBe(
            """{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"It drops."},{"type":"hardBreak"},{"type":"text","text":"Every {ten} minutes."}]},{"type":"paragraph","content":[{"type":"text","text":"Twice \u0022so\u0022."}]},{"type":"paragraph","content":[{"type":"text","text":"Asked for in this message: "},{"type":"text","text":"https://chat.example/archives/C1/p1","marks":[{"type":"link","attrs":{"href":"https://chat.example/archives/C1/p1"}}]}]}]}""");
        Written(issue, "summary").ShouldBe("\"VPN drops every ten minutes\"");
        Written(issue, "priority").ShouldBe("""{"id":"2"}""");
        Written(issue, "components").ShouldBe("""[{"id":"10100"},{"id":"10101"}]""");
        Written(issue, "assignee").ShouldBe($$"""{"accountId":"{{account}}"}""");
        Written(issue, "duedate").ShouldBe("\"2026-03-10\"");
        Written(issue, "customfield_10042").ShouldBe("""{"id":"100421"}""");
        issue.Labels.ShouldBe(["wifi", "east-wing", TicketKeys.LabelOf("copilotbot", draft)]);
        issue.LinkedKeys.ShouldBe([other]);
        issue.Properties["copilotbot"].ShouldBe($$"""{"key":"{{draft.IdempotencyKey}}"}""");
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_kind_of_value_arrives_as_Jira_Data_Center_wants_it()
    {
        await using var bench = await TicketBench.StartAsync(JiraEdition.DataCenter);
        bench.Site.AddUser("Alba Quintero", "alba.quintero@halvorne.example");
        var other = bench.Site.AddIssue(TicketBench.Project, "VPN drops in the east wing");

        var reply = await bench.Tracker.WriteAsync(await FullDraftAsync(bench, other), Cancel);

        reply.Key.ShouldBe("VPN-2");
        var issue = bench.Site.Issues[^1];
        Written(issue, "assignee").ShouldBe("""{"name":"alba.quintero"}""");
        issue.Fields.GetProperty("description").GetString().ShouldBe("It drops.\nEvery \\{ten} minutes.\n\nTwice \"so\".\n\nAsked for in this message: https://chat.example/archives/C1/p1");
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_not_one_person_and_what_is_no_allowed_value_stay_in_the_description()
    {
        await using var bench = await TicketBench.StartAsync();
        bench.Site.AddUser("Alba Quintero", "alba.quintero@halvorne.example");
        bench.Site.AddUser("Alba Quintero", "alba.q@halvorne.example");
        var draft = await bench.DraftAsync(TicketBench.Value("summary", "VPN drops"), TicketBench.Value("assignee", "Alba Quintero"), TicketBench.Value("priority", "yesterday"));

        await bench.Tracker.WriteAsync(draft with { IdempotencyKey = "k" }, Cancel);

        var issue = bench.Site.Issues.ShouldHaveSingleItem();
        issue.Fields.TryGetProperty("assignee", out _).ShouldBeFalse();
        issue.Fields.TryGetProperty("priority", out _).ShouldBeFalse();
        Written(issue, "description").ShouldContain("""{"type":"text","text":"Priority: yesterday"},{"type":"hardBreak"},{"type":"text","text":"Assignee: Alba Quintero"}""");
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_summary_is_one_line_and_a_text_is_no_longer_than_Jira_takes()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync(TicketBench.Value("summary", $"VPN\n{string.Concat(Enumerable.Repeat("drops 😀", 60))}"), TicketBench.Value("description", new string('x', 40_000)));

        (await bench.Tracker.WriteAsync(draft with { IdempotencyKey = "k" }, Cancel)).Status.ShouldBe(TrackerStatus.Done);

        bench.Site.Violations.ShouldBeEmpty();
    }

    public static TheoryData<FaultKind, TrackerStatus, int?> Answers => new()
    {
        { new FaultKind.Status(429, TimeSpan.FromSeconds(7)), TrackerStatus.TryAgain, 7 },
        { new FaultKind.Status(401), TrackerStatus.Refused, null },
        { new FaultKind.Status(403), TrackerStatus.Refused, null },
        { new FaultKind.Status(403, TimeSpan.FromSeconds(3)), TrackerStatus.TryAgain, 3 },
        { new FaultKind.Status(404), TrackerStatus.Refused, null },
        { new FaultKind.Status(500), TrackerStatus.Unknown, null },
        { new FaultKind.Status(503, TimeSpan.FromSeconds(5)), TrackerStatus.Unknown, 5 },
        { new FaultKind.DropConnection(), TrackerStatus.Unknown, null },
        { new FaultKind.DropConnection(AfterActing: true), TrackerStatus.Unknown, null },
        { new FaultKind.Truncated(), TrackerStatus.Unknown, null },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_an_answer_means_for_whether_it_was_written(FaultKind fault, TrackerStatus status, int? seconds)
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync();
        bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Create, Kind = fault });

        var reply = await bench.Tracker.WriteAsync(draft with { IdempotencyKey = "k" }, Cancel);

        reply.Status.ShouldBe(status);
        reply.Wait.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
        (reply.Problem is not null).ShouldBe(status == TrackerStatus.Refused);
        bench.Site.Calls.Count(call => call.Call == JiraCall.Create).ShouldBe(1);
    }

    [Fact]
    public async Task While_Jira_asks_to_wait_nobody_asks_it_anything()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync() with { IdempotencyKey = "k" };
        bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Create, Kind = new FaultKind.Status(429, TimeSpan.FromMinutes(10)) });
        await bench.Tracker.WriteAsync(draft, Cancel);
        bench.Clock.Advance(TimeSpan.FromMinutes(4));

        (await bench.Tracker.FindAsync(draft, Cancel)).ShouldBe(new TrackerReply(TrackerStatus.TryAgain, Wait: TimeSpan.FromMinutes(6)));
        (await bench.Tracker.WriteAsync(draft with { IdempotencyKey = "other" }, Cancel)).ShouldBe(new TrackerReply(TrackerStatus.TryAgain, Wait: TimeSpan.FromMinutes(6)));
        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        (await bench.Tracker.WriteAsync(draft, Cancel)).Status.ShouldBe(TrackerStatus.Done);

        bench.Site.Calls.Count(call => call.Call is JiraCall.Create or JiraCall.Search).ShouldBe(2);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_written()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync();
        bench.Options.Site = "http://127.0.0.1:1";

        (await bench.Tracker.WriteAsync(draft, Cancel)).Status.ShouldBe(TrackerStatus.TryAgain);
    }

    [Fact]
    public async Task A_write_that_takes_too_long_may_have_been_made()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync();
        bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Create, Kind = new FaultKind.Slow(TimeSpan.FromMinutes(1), AfterActing: true) });

        var write = bench.Tracker.WriteAsync(draft with { IdempotencyKey = "k" }, Cancel);
        await bench.Site.WaitForAsync(site => site.Issues.Count == 1, TimeSpan.FromSeconds(30), Cancel);
        bench.Clock.Advance(TimeSpan.FromSeconds(31));

        (await write).Status.ShouldBe(TrackerStatus.Unknown);
    }

    [Fact]
    public async Task A_refused_value_is_named_as_people_know_the_field()
    {
        await using var bench = await TicketBench.StartAsync();
        bench.Site.Refuse("customfield_10042", "No.");
        var draft = await bench.DraftAsync(TicketBench.Value("summary", "VPN drops"), TicketBench.Value("customfield_10042", "Plant", "100421"));

        var reply = await bench.Tracker.WriteAsync(draft with { IdempotencyKey = "k" }, Cancel);

        reply.ShouldBe(new TrackerReply(TrackerStatus.Refused, Problem: "Jira does not accept the field Affected tier: ask for the ticket again with another value, or leave it empty."));
    }

    [Theory]
    [InlineData(JiraEdition.Cloud)]
    [InlineData(JiraEdition.DataCenter)]
    public async Task A_clone_with_the_same_label_is_not_taken_for_the_ticket(JiraEdition edition)
    {
        await using var bench = await TicketBench.StartAsync(edition);
        var draft = await bench.DraftAsync() with { IdempotencyKey = "k" };
        bench.Site.SetLongestPage(2);
        foreach (var number in Enumerable.Range(1, 5))
        {
            bench.Site.AddIssue(TicketBench.Project, $"CLONE {number}", TicketKeys.LabelOf("copilotbot", draft));
        }

        (await bench.Tracker.FindAsync(draft, Cancel)).Status.ShouldBe(TrackerStatus.NotFound);
        await bench.Tracker.WriteAsync(draft, Cancel);

        (await bench.Tracker.FindAsync(draft, Cancel)).Key.ShouldBe("VPN-6");
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(JiraEdition.Cloud)]
    [InlineData(JiraEdition.DataCenter)]
    public async Task Where_the_screen_has_no_labels_it_is_found_among_what_the_bot_made(JiraEdition edition)
    {
        await using var bench = await TicketBench.StartAsync(edition);
        var type = new TicketType(bench.Site.AddType(TicketBench.Project, "Question", [JiraField.Summary]), "Question", [new TicketField("summary", "Summary", TicketFieldKind.Text, IsRequired: true, [])]);
        var draft = await bench.DraftAsync() with { Type = type, IdempotencyKey = "one" };
        await bench.Tracker.WriteAsync(draft, Cancel);

        (await bench.Tracker.FindAsync(draft, Cancel)).Key.ShouldBe("VPN-1");
        (await bench.Tracker.FindAsync(draft with { IdempotencyKey = "another" }, Cancel)).Status.ShouldBe(TrackerStatus.NotFound);
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(JiraEdition.Cloud)]
    [InlineData(JiraEdition.DataCenter)]
    public async Task A_comment_is_found_again_however_many_came_after_it(JiraEdition edition)
    {
        await using var bench = await TicketBench.StartAsync(edition);
        var key = bench.Site.AddIssue(TicketBench.Project, "VPN drops");
        var draft = bench.Update(key, "Still {drops}.") with { IdempotencyKey = "k", Permalink = "https://chat.example/p2" };
        (await bench.Tracker.FindAsync(draft, Cancel)).Status.ShouldBe(TrackerStatus.NotFound);
        (await bench.Tracker.WriteAsync(draft, Cancel)).Status.ShouldBe(TrackerStatus.Done);
        foreach (var number in Enumerable.Range(0, 250))
        {
            bench.Site.AddComment(key, $"Comment {number}");
        }

        (await bench.Tracker.FindAsync(draft, Cancel)).ShouldBe(new TrackerReply(TrackerStatus.Done, key, $"{bench.Site.Address}/browse/{key}"));
        (await bench.Tracker.WriteAsync(draft, Cancel)).Status.ShouldBe(TrackerStatus.Done);

        bench.Site.Issues.ShouldHaveSingleItem().Comments.Count.ShouldBe(251);
        bench.Site.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_status_that_cannot_be_reached_is_refused_with_those_that_can()
    {
        await using var bench = await TicketBench.StartAsync();
        var key = bench.Site.AddIssue(TicketBench.Project, "VPN drops");

        var reply = await bench.Tracker.WriteAsync(bench.Update(key, "Over.", "Archived") with { IdempotencyKey = "k" }, Cancel);

        reply.ShouldBe(new TrackerReply(TrackerStatus.Refused, Problem: "The comment was written. VPN-1 stands at To Do and cannot be moved to Archived from there; it can be moved to: In Progress, Done."));
    }

    [Fact]
    public async Task A_status_that_the_ticket_has_already_is_left_alone()
    {
        await using var bench = await TicketBench.StartAsync();
        var key = bench.Site.AddIssue(TicketBench.Project, "VPN drops");

        (await bench.Tracker.WriteAsync(bench.Update(key, null, "to-do"), Cancel)).Status.ShouldBe(TrackerStatus.Done);

        bench.Site.Calls.ShouldNotContain(call => call.Method == "POST");
    }

    [Fact]
    public async Task Nothing_is_sent_about_projects_that_the_settings_do_not_name()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync() with { Project = "SECRET" };
        var before = bench.Site.Calls.Count;

        (await bench.Tracker.WriteAsync(draft, Cancel)).Problem.ShouldBe("Tickets of SECRET are not for the bot to write: an administrator has to name the project in Tickets:Projects.");
        (await bench.Tracker.WriteAsync(bench.Update("SECRET-1", "Hello"), Cancel)).Status.ShouldBe(TrackerStatus.Refused);
        (await bench.Tracker.WriteAsync(bench.Update("VPN-1/../../x", "Hello"), Cancel)).Status.ShouldBe(TrackerStatus.Refused);

        bench.Site.Calls.Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_search_that_cannot_be_made_says_nothing_about_what_was_written()
    {
        await using var bench = await TicketBench.StartAsync();
        var draft = await bench.DraftAsync() with { IdempotencyKey = "k" };
        bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Search, Kind = new FaultKind.Status(401) });
        bench.Site.Inject(new Fault { When = call => call.Call == JiraCall.Search, Kind = new FaultKind.Status(429, TimeSpan.FromSeconds(30)) });

        (await bench.Tracker.FindAsync(draft, Cancel)).ShouldBe(new TrackerReply(TrackerStatus.TryAgain, Wait: TimeSpan.FromMinutes(1)));
        (await bench.Tracker.FindAsync(draft, Cancel)).ShouldBe(new TrackerReply(TrackerStatus.TryAgain, Wait: TimeSpan.FromSeconds(30)));
    }

    private static async Task<TicketDraft> FullDraftAsync(TicketBench bench, string other) => await bench.DraftAsync(
        TicketBench.Value("summary", "VPN drops\nevery ten minutes"),
        TicketBench.Value("description", "It drops.\nEvery {ten} minutes.\n\nTwice \"so\"."),
        TicketBench.Value("priority", "High", "2"),
        TicketBench.Value("components", "Client, Gateway", "10100", "10101"),
        TicketBench.Value("assignee", "Alba Quintero"),
        TicketBench.Value("duedate", "2026-03-10"),
        TicketBench.Value("labels", "wifi, east wing"),
        TicketBench.Value("issuelinks", other),
        TicketBench.Value("customfield_10042", "Plant", "100421")) with
    {
        IdempotencyKey = "k",
    };

    private static string Written(ShownIssue issue, string field) => issue.Fields.GetProperty(field).GetRawText();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
