using CopilotBot.FakeJira;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Channels.Slack;

public sealed class SlackTicketTests(DemoFolder demo) : TicketConformance, IClassFixture<DemoFolder>
{
    private const string Alba = "Alba Quintero";
    private const string Maren = "Maren Osei";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal override async Task<IChannelDriver> StartAsync(IReadOnlyDictionary<string, string?> settings) => await SlackDriver.StartAsync(demo, settings: settings);

    [Fact]
    public async Task A_command_drafts_for_its_person_alone()
    {
        await using var jira = await StartJiraAsync();
        await using var slack = await SlackDriver.StartAsync(demo, settings: SettingsFor(jira));
        var alba = slack.Person(Alba);
        var channel = slack.NewChannel(Alba, Maren);

        await alba.CommandAsync(channel, "/ticket", "the badge printer at the quay prints nothing", Cancel);
        await ChannelConformance.SettleAsync(slack);
        var draft = slack.Slack.Ephemerals(alba.User.Id)[^1];
        draft.Text.ShouldContain("Draft of a ticket");
        (await alba.PressAsync(draft, "ticket_confirm", cancellationToken: Cancel)).IsTaken.ShouldBeTrue();
        await SettleAsync(slack, TicketState.Done);

        var issue = jira.Issues.ShouldHaveSingleItem();
        slack.Slack.Ephemerals(alba.User.Id)[^1].Text.ShouldContain($"{issue.Key} is open");
        slack.Slack.Ephemerals(slack.Person(Maren).User.Id).ShouldBeEmpty();
        slack.Slack.Messages(channel).Where(message => message.AuthorIsBot).ShouldBeEmpty("nobody else hears of it");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_from_a_message_knows_its_thread_and_the_thread_is_told_once()
    {
        await using var jira = await StartJiraAsync();
        await using var slack = await SlackDriver.StartAsync(demo, settings: SettingsFor(jira));
        var (alba, maren) = (slack.Person(Alba), slack.Person(Maren));
        var channel = slack.NewChannel(Alba, Maren);
        var root = await maren.SayAsync(channel, "Anybody else without mail on the pier?", mention: false, Cancel);
        var reply = await maren.ReplyAsync(channel, root.Ts, "Outlook 16.2 shows error MX-4471 for all of us.", mention: false, Cancel);

        await alba.ShortcutAsync("ticket_from_this", channel, reply.Ts, Cancel);
        await ChannelConformance.SettleAsync(slack);
        await alba.PressAsync(slack.Slack.Ephemerals(alba.User.Id)[^1], "ticket_confirm", cancellationToken: Cancel);
        await SettleAsync(slack, TicketState.Done);

        var issue = jira.Issues.ShouldHaveSingleItem();
        var description = issue.Fields.GetProperty("description").ToString();
        description.ShouldContain("Anybody else without mail on the pier?");
        description.ShouldContain($"/archives/{channel.Id}/p");
        var told = slack.Slack.Messages(channel, root.Ts).Where(message => message.AuthorIsBot).ToList();
        told.ShouldHaveSingleItem().Text.ShouldContain(issue.Key);
        told[0].Text.ShouldContain(Alba);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_form_of_a_draft_opens_for_nobody_else()
    {
        await using var jira = await StartJiraAsync();
        await using var slack = await SlackDriver.StartAsync(demo, settings: SettingsFor(jira));
        var asked = await slack.AskInChannelAsync([Maren], Alba, "Please open a ticket: the badge printer is broken.");
        await ChannelConformance.SettleAsync(slack);

        (await slack.PressAsync(asked, Maren, "Edit")).ShouldContain("Only");

        slack.Slack.OpenViews(slack.Person(Maren).User.Id).ShouldBeEmpty();
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thread_is_summed_up_in_its_own_words()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var (maren, channel) = (slack.Person(Maren), slack.NewChannel(Alba, Maren));
        var root = await maren.SayAsync(channel, "The crane at pier 3 stops in the rain.", mention: false, Cancel);
        foreach (var words in new[] { "The cover of the motor leaks.", "Lunch is at noon.", "A new cover of the motor is ordered for Friday.", "The crane stays off in the rain until then.", "Fine.", "Who tells the crew?" })
        {
            await maren.ReplyAsync(channel, root.Ts, words, mention: false, Cancel);
        }

        await slack.Person(Alba).ReplyAsync(channel, root.Ts, "please summarize this thread for me", cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(slack);

        var summary = slack.Slack.Messages(channel, root.Ts).Single(message => message.AuthorIsBot).Text;
        summary.ShouldContain("The gist of 7 messages");
        summary.ShouldContain("The crane at pier 3 stops in the rain.");
        summary.ShouldContain("cover of the motor");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_asked_for_is_chosen_in_the_message_itself()
    {
        await using var jira = await StartJiraAsync(JiraField.Select(10077, "Floor", "Quay", "Attic") with { IsRequired = true });
        await using var slack = await SlackDriver.StartAsync(demo, settings: SettingsFor(jira));
        var asked = await slack.AskPersonallyAsync(Alba, "Please open a ticket: the badge printer is broken.");
        await ChannelConformance.SettleAsync(slack);

        await slack.Person(Alba).ChooseAsync(slack.Seen(asked)[^1], "ticket_field", "100770", Cancel);
        await EngineHost.UntilAsync(() => slack.Shown(asked).Contains("Quay", StringComparison.Ordinal));

        slack.Shown(asked).ShouldContain("Quay");
        slack.Shown(asked).ShouldNotContain("Still needed");
        slack.BrokenRules.ShouldBeEmpty();
    }
}
