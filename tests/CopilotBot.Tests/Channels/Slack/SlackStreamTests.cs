using CopilotBot.FakeSlack;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>Streamed answers (facts/slack.md §2.1), with the whole server and the strict fake.</summary>
public sealed class SlackStreamTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static readonly string[] Written =
    [
        "When a laptop is dead, bring it to the service desk in Stromvik. [1]", "Report the defect with the asset number on the lid. [1]", "Collect a loan laptop; it is yours for up to 15 working days. [1]",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_grows_sentence_by_sentence_in_chats_and_channels_alike(bool isPersonal)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await using var slack = await SlackDriver.StartAsync(demo, Writes(Written, async () => await pause.WaitForNextTickAsync()));

        var asked = isPersonal ? await slack.AskPersonallyAsync(Alba, Laptop) : await slack.AskInChannelAsync([], Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);

        var message = slack.Seen(asked).ShouldHaveSingleItem();
        message.Stream.ShouldBe(ShownStream.Stopped);
        message.StreamTexts.Count.ShouldBeGreaterThan(1);
        message.BodyText.ShouldBe(message.StreamTexts[^1]);
        message.BodyText.Split("asset number on the lid").Length.ShouldBe(2, message.BodyText);
        message.Buttons.ShouldContain(button => button.Type == "feedback_buttons");
        slack.Slack.Calls.ShouldNotContain(call => call.Method == "chat.update");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_presses_stop_gets_nothing_more()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await using var slack = await SlackDriver.StartAsync(demo, Writes([.. Written, .. Written, .. Written], async () => await pause.WaitForNextTickAsync()));
        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await slack.Slack.WaitForAsync(_ => slack.Seen(asked).Any(message => message.StreamTexts.Count > 1), TimeSpan.FromSeconds(20), Cancel);

        await slack.Person(Alba).StopAsync(slack.Channel(asked), asked.MessageId, Cancel);
        await ChannelConformance.SettleAsync(slack);
        await slack.Slack.WaitForAsync(seen => seen.ProcessingThreads.Count == 0, TimeSpan.FromSeconds(10), Cancel);

        var message = slack.Seen(asked).ShouldHaveSingleItem();
        message.Stream.ShouldBe(ShownStream.StoppedByUser);
        message.BodyText.ShouldNotContain("loan laptop; it is yours for up to 15 working days. [1]\n\nWhen", Case.Sensitive);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("chat.startStream", "missing_recipient_team_id")]
    [InlineData("chat.startStream", "ratelimited")]
    [InlineData("chat.startStream", "not_agent_app")]
    [InlineData("chat.stopStream", "message_not_in_streaming_state")]
    public async Task Where_nothing_can_be_streamed_one_message_is_posted(string method, string error)
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        slack.Slack.Inject(new Fault { When = call => call.Method == method, Kind = new FaultKind.Error(error, AfterActing: method == "chat.stopStream") });

        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);

        slack.Seen(asked).ShouldHaveSingleItem().BodyText.ShouldContain(LaptopFact);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chunk_that_may_have_arrived_is_never_shown_twice(bool hasArrived)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await using var slack = await SlackDriver.StartAsync(demo, Writes(Written, async () => await pause.WaitForNextTickAsync()));
        slack.Slack.Inject(new Fault { When = call => call.Method == "chat.appendStream", Kind = new FaultKind.DropConnection(hasArrived) });

        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);

        var text = slack.Seen(asked).ShouldHaveSingleItem().BodyText;
        text.Split(LaptopFact).Length.ShouldBe(2, text);
        text.ShouldContain("loan laptop");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_questions_than_slack_streams_in_a_minute_are_answered_all_the_same()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        List<Asked> all = [];
        for (var question = 0; question < 22; question++)
        {
            all.Add(await slack.AskPersonallyAsync(Alba, Laptop));
        }

        await ChannelConformance.SettleAsync(slack);

        all.ShouldAllBe(asked => slack.Seen(asked).Count == 1 && slack.Seen(asked)[0].BodyText.Contains(LaptopFact, StringComparison.Ordinal));
        all.Count(asked => slack.Seen(asked)[0].Stream == ShownStream.None).ShouldBeInRange(2, 6);
        slack.BrokenRules.ShouldBeEmpty();
    }

    private static Action<IServiceCollection> Writes(IReadOnlyList<string> sentences, Func<Task> beforeSentence) =>
        services => services.Replace(ServiceDescriptor.Singleton<IChatClient>(new WrittenAnswer(string.Join('\n', sentences).Replace("[1]", "[1, 2, 3, 4, 5]", StringComparison.Ordinal), beforeSentence)));
}
