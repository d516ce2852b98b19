using CopilotBot.Conversations;
using CopilotBot.FakeSlack;
using CopilotBot.Feedback;
using CopilotBot.Tickets;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Commands, shortcuts, and what one person alone is shown, with the whole server and the strict fake.</summary>
public sealed class SlackCommandTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_answered_to_its_person_alone_and_sharing_asks_again_for_everybody()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var (alba, channel) = (slack.Person(Alba), slack.NewChannel(Alba, "guest"));

        var commanded = await alba.CommandAsync(channel, "/ask", Laptop, Cancel);
        commanded.Body.ShouldContain("Looking that up");
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(channel).ShouldBeEmpty("nobody else sees it");
        var shown = slack.Slack.Ephemerals(alba.User.Id).ShouldHaveSingleItem("the answer takes the notice's place");
        shown.Text.ShouldContain(LaptopFact);

        await alba.PressAsync(shown, "share", cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(slack);
        await alba.PressAsync(shown, "share", cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(slack);

        var shared = slack.Slack.Messages(channel).ShouldHaveSingleItem();
        shared.BodyText.ShouldStartWith($"<@{alba.User.Id}> asked: *{Laptop}*");
        shared.BodyText.ShouldContain("everybody here may read");
        shared.Text.ShouldNotContain("Stromvik", Case.Insensitive, "a guest is there");
        slack.Slack.AllowedMentions.Add(alba.User.Id);
        slack.BrokenRules.Where(rule => !rule.StartsWith("mention", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_answer_to_a_command_takes_no_more_messages_than_its_address_does()
    {
        var text = string.Join('\n', Enumerable.Repeat("Collect a loan laptop; it is yours for up to 15 working days. [1, 2, 3, 4, 5]", 600));
        await using var slack = await SlackDriver.StartAsync(demo, services => services.Replace(ServiceDescriptor.Singleton<IChatClient>(new WrittenAnswer(text))));

        await slack.Person(Alba).CommandAsync(slack.NewChannel(Alba), "/ask", "How long may I keep a loan laptop?", Cancel);
        await ChannelConformance.SettleAsync(slack);

        var shown = slack.Slack.Ephemerals(slack.Person(Alba).User.Id);
        shown.Count.ShouldBe(4);
        shown[^1].Text.ShouldContain("ask me in a direct message");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_shares_or_rates_what_somebody_else_was_shown_in_private()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var (alba, maren, channel) = (slack.Person(Alba), slack.Person("Maren Osei"), slack.NewChannel(Alba, "Maren Osei"));
        await alba.CommandAsync(channel, "/ask", Laptop, Cancel);
        await ChannelConformance.SettleAsync(slack);
        var turn = slack.Turns.ShouldHaveSingleItem().Id.Value;

        await maren.CommandAsync(channel, "/ask", "what is the printer name in Port Ainslie", Cancel);
        await ChannelConformance.SettleAsync(slack);
        maren.Shape = payload =>
        {
            var action = payload["actions"]![0]!;
            action["value"] = action["action_id"]!.GetValue<string>() == "vote" ? $"down:{turn}" : turn;
        };
        var shown = slack.Slack.Ephemerals(maren.User.Id).ShouldHaveSingleItem();
        await maren.PressAsync(shown, "share", cancellationToken: Cancel);
        await maren.VoteAsync(shown, isUp: false, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(channel).ShouldBeEmpty();
        slack.Services.GetRequiredService<IFeedbackStore>().List().ShouldBeEmpty();
        slack.Slack.OpenViews(maren.User.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_without_a_question_say_what_there_is()
    {
        await using var slack = await SlackDriver.StartAsync(demo, settings: new Dictionary<string, string?> { ["Slack:Examples:0"] = "How do I get a VPN account?" });
        var channel = slack.NewChannel(Alba);
        foreach (var (command, text) in new[] { ("/kb", "help"), ("/kb", ""), ("/ask", ""), ("/ask", "help"), ("/ticket", "") })
        {
            (await slack.Person(Alba).CommandAsync(channel, command, text, Cancel)).Body.ShouldContain("How do I get a VPN account?");
        }

        slack.Services.GetRequiredService<IChannelStore>().GetOpenTurns().ShouldBeEmpty();
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_tracker_a_request_for_a_ticket_is_told_that_none_is_opened_and_what_is_known()
    {
        await using var slack = await SlackDriver.StartAsync(
            demo, services => services.Replace(ServiceDescriptor.Singleton<Func<CancellationToken, Task<TicketSchema>>>(_ => Task.FromResult(new TicketSchema([])))));
        var (alba, channel) = (slack.Person(Alba), slack.NewChannel(Alba, "Maren Osei"));
        var said = await slack.Person("Maren Osei").SayAsync(channel, Laptop, mention: false, Cancel);

        await alba.CommandAsync(channel, "/ticket", Laptop, Cancel);
        await alba.ShortcutAsync("ticket_from_this", channel, said.Ts, Cancel);
        await ChannelConformance.SettleAsync(slack);

        var shown = slack.Slack.Ephemerals(alba.User.Id);
        shown.Count.ShouldBe(2);
        shown.ShouldAllBe(message => message.BodyText.StartsWith("I cannot open tickets here: no tracker is connected.", StringComparison.Ordinal) && message.BodyText.Contains(LaptopFact, StringComparison.Ordinal));
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_its_address_no_longer_takes_comes_in_the_persons_own_chat()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        slack.Slack.Inject(new Fault { When = call => call.Method == CallSeen.ResponseUrl, Times = 2, Kind = new FaultKind.Status(404) });

        await slack.Person(Alba).CommandAsync(slack.NewChannel(Alba), "/ask", Laptop, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.PersonalAnswers(Alba).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shortcut_answers_somebodys_message_in_its_thread()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var channel = slack.NewChannel(Alba, "Maren Osei");
        var said = await slack.Person("Maren Osei").SayAsync(channel, Laptop, mention: false, Cancel);

        await slack.Person(Alba).ShortcutAsync("answer_this", channel, said.Ts, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(channel, said.Ts).Single(message => message.AuthorIsBot).Text.ShouldContain(LaptopFact);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_bot_is_not_invited_the_person_is_told()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var channel = slack.NewChannel(Alba);
        var said = await slack.Person(Alba).SayAsync(channel, Laptop, mention: false, Cancel);
        channel.HasBot = false;

        await slack.Person(Alba).ShortcutAsync("answer_this", channel, said.Ts, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(channel).ShouldAllBe(message => !message.AuthorIsBot);
        slack.Slack.Ephemerals(slack.Person(Alba).User.Id).ShouldHaveSingleItem().Text.ShouldContain("Invite me");
    }
}
