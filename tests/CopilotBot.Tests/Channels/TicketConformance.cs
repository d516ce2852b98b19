using CopilotBot.FakeJira;
using CopilotBot.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels;

/// <summary>From a message to a ticket, wherever people meet the bot: the whole server, the shipped model and a strict Jira. Every platform passes all of it, with the same expectations.</summary>
public abstract class TicketConformance
{
    private const string Request = "Please open a ticket: the VPN client 5.2 on my laptop fails with error VPN-691 since this morning, it is urgent.";
    private const string Alba = "Alba Quintero";
    private const string Maren = "Maren Osei";

    internal abstract Task<IChannelDriver> StartAsync(IReadOnlyDictionary<string, string?> settings);

    [Fact]
    public async Task A_request_becomes_a_draft_and_a_ticket_once_its_person_confirms()
    {
        await using var jira = await StartJiraAsync();
        await using var channel = await StartAsync(SettingsFor(jira));

        var asked = await channel.AskPersonallyAsync(Alba, Request);
        await ChannelConformance.SettleAsync(channel);

        channel.Shown(asked).ShouldContain("Draft of a ticket: HELP · Incident");
        channel.Shown(asked).ShouldContain("VPN client");
        jira.Issues.ShouldBeEmpty("nothing is written before somebody confirms");

        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Done);

        var issue = jira.Issues.ShouldHaveSingleItem();
        issue.Fields.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
        channel.Shown(asked).ShouldContain($"{issue.Key} is open");
        channel.Shown(asked).ShouldNotContain("Create", Case.Sensitive, "there is nothing left to press");
        channel.BrokenRules.ShouldBeEmpty();
        jira.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_else_decides_and_a_second_press_writes_no_second_ticket()
    {
        await using var jira = await StartJiraAsync();
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskInChannelAsync([Maren], Alba, Request);
        await ChannelConformance.SettleAsync(channel);

        (await channel.PressAsync(asked, Maren, "Create")).ShouldContain("Only Alba Quintero can decide");
        (await channel.PressAsync(asked, Maren, "Cancel")).ShouldContain("Only Alba Quintero can decide");
        await Task.WhenAll(channel.PressAsync(asked, Alba, "Create"), channel.PressAsync(asked, Alba, "Create"));
        await SettleAsync(channel, TicketState.Done);

        jira.Issues.ShouldHaveSingleItem();
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_person_changes_in_the_draft_is_what_is_written()
    {
        await using var jira = await StartJiraAsync();
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskPersonallyAsync(Alba, Request);
        await ChannelConformance.SettleAsync(channel);

        await channel.FillInAsync(asked, Alba, new Dictionary<string, string> { ["summary"] = "VPN is down in Port Ainslie", ["priority"] = "4", ["duedate"] = "2031-02-03" });
        await EngineHost.UntilAsync(() => DraftOf(channel)?.TextOf("summary") == "VPN is down in Port Ainslie");
        await ChannelConformance.SettleAsync(channel);
        channel.Shown(asked).ShouldContain("VPN is down in Port Ainslie");
        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Done);

        var fields = jira.Issues.ShouldHaveSingleItem().Fields;
        fields.GetProperty("summary").GetString().ShouldBe("VPN is down in Port Ainslie");
        fields.GetProperty("priority").GetProperty("id").GetString().ShouldBe("4");
        fields.GetProperty("duedate").GetString().ShouldBe("2031-02-03");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_tracker_requires_is_asked_for_and_nothing_is_written_without_it()
    {
        await using var jira = await StartJiraAsync(JiraField.Select(10077, "Floor", "Quay", "Attic") with { IsRequired = true });
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskPersonallyAsync(Alba, Request);
        await ChannelConformance.SettleAsync(channel);

        channel.Shown(asked).ShouldContain("Still needed: Floor.");
        (await channel.PressAsync(asked, Alba, "Create")).ShouldContain("The tracker requires Floor");
        jira.Issues.ShouldBeEmpty();
        await channel.FillInAsync(asked, Alba, new Dictionary<string, string> { ["customfield_10077"] = "100771" });
        await EngineHost.UntilAsync(() => DraftOf(channel)?.Wanted is null);
        await ChannelConformance.SettleAsync(channel);
        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Done);

        jira.Issues.ShouldHaveSingleItem().Fields.GetProperty("customfield_10077").GetProperty("id").GetString().ShouldBe("100771");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_draft_and_one_whose_message_is_deleted_are_never_written()
    {
        await using var jira = await StartJiraAsync();
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskPersonallyAsync(Alba, Request);
        await ChannelConformance.SettleAsync(channel);
        await channel.PressAsync(asked, Alba, "Cancel");
        await SettleAsync(channel, TicketState.Cancelled);
        channel.Shown(asked).ShouldContain("Cancelled: nothing was written");

        var deleted = await channel.AskInChannelAsync([], Alba, Request);
        await ChannelConformance.SettleAsync(channel);
        await channel.DeleteAsync(deleted);
        await ChannelConformance.SettleAsync(channel);

        channel.Shown(deleted).ShouldBeEmpty();
        DraftOf(channel)!.State.ShouldBe(TicketState.Cancelled);
        jira.Issues.ShouldBeEmpty();
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edited_request_gets_a_new_draft_and_a_written_ticket_stays_what_it_is()
    {
        await using var jira = await StartJiraAsync();
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskInChannelAsync([], Alba, Request);
        await ChannelConformance.SettleAsync(channel);

        await channel.EditAsync(asked, "Please open a ticket: the badge printer at the quay is broken.");
        await ChannelConformance.SettleAsync(channel);
        channel.Shown(asked).ShouldContain("badge printer");
        channel.Shown(asked).ShouldNotContain("VPN client");
        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Done);
        await channel.EditAsync(asked, Request);
        await ChannelConformance.SettleAsync(channel);

        var issue = jira.Issues.ShouldHaveSingleItem();
        issue.Fields.GetProperty("summary").GetString()!.ShouldContain("badge printer", Case.Insensitive);
        channel.Shown(asked).ShouldContain($"{issue.Key} is open");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_tracker_refuses_is_said_and_a_question_stays_a_question()
    {
        await using var jira = await StartJiraAsync();
        jira.Refuse("summary", "Summaries are closed for the season.");
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskPersonallyAsync(Alba, Request);
        await ChannelConformance.SettleAsync(channel);
        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Failed);
        channel.Shown(asked).ShouldContain("The ticket could not be opened");
        channel.Shown(asked).ShouldContain("Summary");

        var question = await channel.AskInChannelAsync([], Alba, "How long may I keep a loan laptop?");
        await ChannelConformance.SettleAsync(channel);

        channel.Answers(question).ShouldHaveSingleItem().ShouldContain("15 working days");
        jira.Issues.ShouldBeEmpty();
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_with_a_known_remedy_is_answered_and_becomes_a_ticket_with_one_press()
    {
        await using var jira = await StartJiraAsync();
        await using var channel = await StartAsync(SettingsFor(jira));
        var asked = await channel.AskPersonallyAsync(Alba, "my laptop is dead");
        await ChannelConformance.SettleAsync(channel);
        channel.Answers(asked).ShouldHaveSingleItem().ShouldContain("bring it to the service desk in Stromvik");

        await channel.PressAsync(asked, Alba, "Open a ticket");
        await EngineHost.UntilAsync(() => DraftOf(channel) is not null);
        await ChannelConformance.SettleAsync(channel);
        channel.Shown(asked).ShouldContain("Draft of a ticket: HELP");
        channel.Shown(asked).ShouldNotContain("Stromvik", Case.Sensitive, "the draft takes the place of the answer");
        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Done);

        jira.Issues.ShouldHaveSingleItem();
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_and_a_new_status_go_to_a_ticket_that_all_who_see_the_draft_may_read_and_to_no_other()
    {
        await using var jira = await StartJiraAsync();
        for (var number = 1; number <= 24; number++)
        {
            jira.AddIssue("HELP", $"number {number}");
        }

        await using var channel = await StartAsync(SettingsFor(jira));
        var unknown = await channel.AskInChannelAsync([], Alba, "Please set HELP-999 to done.");
        var hidden = await channel.AskInChannelAsync(["guest"], Alba, "Please set HELP-24 to done.");
        await ChannelConformance.SettleAsync(channel);
        channel.Shown(unknown).ShouldContain("I know of no ticket HELP-999 that I may change from here.");
        channel.Shown(hidden).ShouldContain("I know of no ticket HELP-24 that I may change from here.");

        var asked = await channel.AskPersonallyAsync(Alba, "Please set HELP-24 to done.");
        await ChannelConformance.SettleAsync(channel);
        channel.Shown(asked).ShouldContain("Draft of a change to HELP-24");
        await channel.FillInAsync(asked, Alba, new Dictionary<string, string> { ["comment"] = "It came back today." });
        await EngineHost.UntilAsync(() => DraftOf(channel)?.Comment is not null);
        await ChannelConformance.SettleAsync(channel);
        await channel.PressAsync(asked, Alba, "Change it");
        await SettleAsync(channel, TicketState.Done);

        var issue = jira.Issues.Single(issue => issue.Key == "HELP-24");
        issue.Comments.ShouldHaveSingleItem().Body.ToString().ShouldContain("It came back today.");
        issue.Status.ShouldBe("Done");
        channel.Shown(asked).ShouldContain("HELP-24 is changed");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_says_what_kind_of_ticket_it_is_that_is_what_is_asked_for()
    {
        await using var jira = await StartJiraAsync();
        jira.AddProject("OPS", "Site operations");
        var type = jira.AddType("OPS", "Task", [JiraField.Summary, JiraField.Description]);
        var settings = SettingsFor(jira);
        settings["Tickets:Projects:1"] = "OPS";
        await using var channel = await StartAsync(settings);
        var asked = await channel.AskPersonallyAsync(Alba, "Please open a ticket: the quay is slippery.");
        await ChannelConformance.SettleAsync(channel);

        channel.Shown(asked).ShouldContain("Still needed: the kind of ticket.");
        (await channel.PressAsync(asked, Alba, "Create")).ShouldContain("The tracker requires the kind of ticket");
        await channel.FillInAsync(asked, Alba, new Dictionary<string, string> { ["ticket_kind"] = $"OPS/{type}" });
        await EngineHost.UntilAsync(() => DraftOf(channel)?.Type?.Name == "Task");
        await ChannelConformance.SettleAsync(channel);
        channel.Shown(asked).ShouldContain("Draft of a ticket: OPS · Task");
        await channel.PressAsync(asked, Alba, "Create");
        await SettleAsync(channel, TicketState.Done);

        jira.Issues.ShouldHaveSingleItem().Key.ShouldStartWith("OPS-");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whom_the_settings_name_may_decide_too()
    {
        await using var jira = await StartJiraAsync();
        var settings = SettingsFor(jira);
        settings["Tickets:MayConfirm:0"] = "maren.osei@halvorne.example";
        await using var channel = await StartAsync(settings);
        var asked = await channel.AskInChannelAsync([Maren, "Jonah Abara"], Alba, Request);
        await ChannelConformance.SettleAsync(channel);

        (await channel.PressAsync(asked, "Jonah Abara", "Create")).ShouldContain("Only Alba Quintero can decide");
        await channel.PressAsync(asked, Maren, "Create");
        await SettleAsync(channel, TicketState.Done);

        jira.Issues.ShouldHaveSingleItem();
        channel.BrokenRules.ShouldBeEmpty();
    }

    private protected static async Task<JiraSite> StartJiraAsync(params JiraField[] more)
    {
        var jira = await JiraSite.StartAsync();
        jira.AddProject("HELP", "Help desk");
        foreach (var type in new[] { "Incident", "Service request" })
        {
            jira.AddType("HELP", type, [JiraField.Summary, JiraField.Description, JiraField.Priority, JiraField.Labels, JiraField.DueDate, .. more]);
        }

        return jira;
    }

    private protected static Dictionary<string, string?> SettingsFor(JiraSite jira) => new()
    {
        ["Tickets:Site"] = jira.Address,
        ["Tickets:Email"] = jira.Email,
        ["Tickets:Token"] = jira.Token,
        ["Tickets:Projects:0"] = "HELP",
    };

    /// <summary>The newest draft.</summary>
    private protected static TicketDraft? DraftOf(IChannelDriver channel)
    {
        var drafts = channel.Services.GetRequiredService<ITicketDraftStore>();
        return drafts.GetAudit(1) is [var last] ? drafts.Find(last.Draft) : null;
    }

    private protected static async Task SettleAsync(IChannelDriver channel, TicketState state)
    {
        await EngineHost.UntilAsync(() => DraftOf(channel) is { } draft && draft.State == state && draft.Shown == state);
        await ChannelConformance.SettleAsync(channel);
    }
}
