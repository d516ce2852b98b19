using System.Text.Json.Nodes;
using CopilotBot.Conversations;
using CopilotBot.FakeSlack;
using CopilotBot.Feedback;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Tests.Channels.Slack;

/// <summary>What is Slack's own, with the whole server and the strict fake.</summary>
public sealed class SlackScenarioTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MentionOrder.MentionFirst)]
    [InlineData(MentionOrder.MessageFirst)]
    [InlineData(MentionOrder.AtOnce)]
    public async Task A_mention_comes_as_two_events_in_any_order_and_is_one_question(MentionOrder order)
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        slack.Slack.MentionOrder = order;

        var asked = await slack.AskInChannelAsync([], Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);
        await slack.Slack.SettleAsync();
        await ChannelConformance.SettleAsync(slack);

        slack.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        slack.Turns.ShouldHaveSingleItem().Question.ShouldBe(Laptop, "the mention of the bot is no part of it");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_said_first_is_answered_first_in_whatever_order_slack_delivers()
    {
        using var gate = new SemaphoreSlim(0);
        await using var slack = await SlackDriver.StartAsync(demo, services => services.Replace(ServiceDescriptor.Singleton<IChatClient>(new HeldChatClient(gate))));
        var (alba, channel) = (slack.Person(Alba), slack.NewChannel(Alba));
        var first = await alba.SayAsync(channel, "Who may book the ferrywell?", cancellationToken: Cancel);
        await slack.Slack.WaitForAsync(seen => seen.Calls.Any(call => call.Method == "chat.startStream"), TimeSpan.FromSeconds(20), Cancel);

        var now = slack.Slack.Time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (ts, text) in new[] { ($"{now + 20}.000100", "Who was asked last?"), ($"{now + 10}.000100", "Who was asked before?") })
        {
            alba.Shape = payload => (payload["ts"], payload["event_ts"]) = (ts, ts);
            await alba.ReplyAsync(channel, first.Ts, text, cancellationToken: Cancel);
        }

        gate.Release(10);
        await ChannelConformance.SettleAsync(slack);

        var answers = slack.Slack.Messages(channel, first.Ts).Where(message => message.AuthorIsBot).Select(message => message.Buttons.First(button => button.Type == "feedback_buttons").Value!.Split(':')[1]);
        answers.Select(id => slack.Turns.Single(turn => turn.Id.Value == id).Question).ShouldBe(["Who may book the ferrywell?", "Who was asked before?", "Who was asked last?"]);
    }

    [Fact]
    public async Task Previews_counters_and_bots_are_no_questions()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);

        (await slack.Person(Alba).UnfurlAsync(slack.Channel(asked), asked.MessageId, Cancel)).IsTaken.ShouldBeTrue();
        var robot = slack.Slack.As(slack.Slack.AddUser(slack.Slack.Workspace, "robot", flags: user => user with { IsBot = true }));
        robot.Shape = payload => payload["bot_id"] = "B99";
        await robot.SayAsync(slack.NewChannel(Alba), "what does fault code BRW-204 mean?", cancellationToken: Cancel);
        await slack.Slack.SettleAsync();
        await ChannelConformance.SettleAsync(slack);

        slack.Turns.ShouldHaveSingleItem();
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_only_points_is_answered_what_the_thread_asks()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var channel = slack.NewChannel(Alba, "Maren Osei");
        var root = await slack.Person("Maren Osei").SayAsync(channel, "Good morning. My laptop is dead, what now?", mention: false, Cancel);
        for (var reply = 0; reply < 20; reply++)
        {
            await slack.Person("Maren Osei").ReplyAsync(channel, root.Ts, $"I tried a restart, number {reply}.", mention: false, Cancel);
        }

        await slack.Person(Alba).ReplyAsync(channel, root.Ts, "can you help?", cancellationToken: Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.Messages(channel, root.Ts).Single(message => message.AuthorIsBot).Text.ShouldContain(LaptopFact);
        slack.Turns.ShouldHaveSingleItem().Question.ShouldBe("Good morning. My laptop is dead, what now?");
        slack.Slack.Calls.Count(call => call.Method == "conversations.replies").ShouldBe(2, "two pages");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_opens_the_app_sees_suggestions_and_help_and_a_chat_is_called_after_its_question()
    {
        await using var slack = await SlackDriver.StartAsync(demo, settings: new Dictionary<string, string?> { ["Slack:Examples:0"] = "How do I get a VPN account?" });
        var alba = slack.Person(Alba);

        await alba.OpenHomeAsync(cancellationToken: Cancel);
        await alba.OpenHomeAsync("home", Cancel);
        await slack.Slack.WaitForAsync(seen => seen.SuggestedPrompts(alba.Direct.Id) is not null && seen.HomeView(alba.User.Id) is not null, TimeSpan.FromSeconds(10), Cancel);
        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await slack.Slack.WaitForAsync(seen => seen.SessionTitle(asked.Conversation, asked.MessageId) is not null, TimeSpan.FromSeconds(10), Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Slack.SuggestedPrompts(alba.Direct.Id)!.Prompts.ShouldHaveSingleItem().Message.ShouldBe("How do I get a VPN account?");
        slack.Slack.HomeView(alba.User.Id)!.Text.ShouldContain("How do I get a VPN account?");
        slack.Slack.SessionTitle(asked.Conversation, asked.MessageId).ShouldBe(Laptop);
        slack.Slack.SessionStatus(asked.Conversation, asked.MessageId).ShouldBe("active");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_is_said_once_for_each_who_asks_for_it()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var asked = await slack.AskPersonallyAsync(Alba, "help");
        await slack.RedeliverAsync(asked);
        await ChannelConformance.SettleAsync(slack);

        slack.Seen(asked).ShouldHaveSingleItem().Text.ShouldContain("/ask");
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_the_app_was_removed_nothing_is_sent_any_more()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);

        (await slack.Slack.UninstallAsync(slack.Slack.Workspace, Cancel)).IsTaken.ShouldBeTrue();
        var before = slack.Slack.Calls.Count;
        (await VerbAsync(slack, "announce", "Stocktaking on Friday.", "--channel", "slack", "--send")).Error.ShouldContain("0 messages");

        slack.Slack.Calls.Count.ShouldBe(before);
        slack.Services.GetRequiredService<IChannelStore>().GetConversations("slack").ShouldAllBe(known => known.IsClosed);
        slack.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_announcement_and_the_word_that_an_answer_was_mended_come_in_the_persons_chat()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        var asked = await slack.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(slack);
        await slack.RateAsync(asked, Alba, isUp: false, "It is from last year.");
        var vote = slack.Services.GetRequiredService<IFeedbackStore>().List().ShouldHaveSingleItem();

        (await VerbAsync(slack, "announce", "Stocktaking <!channel> on Friday.", "--channel", "slack", "--send")).Error.ShouldContain("1 messages wait");
        (await VerbAsync(slack, "feedback", "tell", vote.Id)).Exit.ShouldBe(0);
        await ChannelConformance.SettleAsync(slack);

        var chat = slack.Slack.Messages(slack.Person(Alba).Direct).Where(message => message is { AuthorIsBot: true, ThreadTs: null }).Select(message => message.Text).ToList();
        chat.Count.ShouldBe(2);
        chat[0].ShouldContain("Stocktaking");
        chat[1].ShouldContain("It was fixed");
        slack.BrokenRules.ShouldBeEmpty();
    }

    public static TheoryData<string> Troubles => ["503", "503 after acting", "internal_error after acting", "dropped", "dropped after acting", "slow body", "invalid_blocks"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Whatever_slack_does_the_thread_sees_the_answer_once(string trouble)
    {
        FaultKind kind = trouble switch
        {
            "503" => new FaultKind.Status(503),
            "503 after acting" => new FaultKind.Status(503, AfterActing: true),
            "internal_error after acting" => new FaultKind.Error("internal_error", AfterActing: true),
            "dropped" => new FaultKind.DropConnection(),
            "dropped after acting" => new FaultKind.DropConnection(AfterActing: true),
            "slow body" => new FaultKind.SlowBody(TimeSpan.FromSeconds(1)),
            "invalid_blocks" => new FaultKind.Error("invalid_blocks"),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
        foreach (var settings in new[] { new Dictionary<string, string?>(), new Dictionary<string, string?> { ["Slack:Streaming"] = "false" } })
        {
            await using var slack = await SlackDriver.StartAsync(demo, settings: settings);
            slack.Slack.Inject(new Fault { When = call => call.Method is "chat.startStream" or "chat.postMessage", Kind = kind });
            slack.Slack.Inject(new Fault { When = call => call.Method is "chat.stopStream" or "chat.update", Kind = kind });

            var asked = await slack.AskPersonallyAsync(Alba, Laptop);
            await ChannelConformance.SettleAsync(slack);

            var answers = slack.Answers(asked);
            if (trouble == "invalid_blocks" && answers.Count == 0)
            {
                // Without a placeholder nothing can be said; the log has it.
                slack.Bot.Log.ShouldContain("invalid_blocks");
            }
            else
            {
                answers.Count(text => text.Contains(LaptopFact, StringComparison.Ordinal) || text.Contains("trace id", StringComparison.Ordinal)).ShouldBe(1, string.Join(" | ", answers));
            }

            slack.Seen(asked).Count.ShouldBeLessThanOrEqualTo(1, "a placeholder that was left behind is removed");
            slack.Slack.ProcessingThreads.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task No_token_and_no_secret_is_in_the_log_and_no_word_of_a_person()
    {
        await using var slack = await SlackDriver.StartAsync(demo);
        slack.Slack.Inject(new Fault { When = call => call.Method == "users.info", Kind = new FaultKind.Error("missing_scope") });
        await slack.AskPersonallyAsync(Alba, "what is the best colour for a zeppelin?");
        await slack.Slack.SendRawAsync(SlackPayloadKind.Event, new JsonObject(), SignatureFault.WrongSecret, Cancel);
        await ChannelConformance.SettleAsync(slack);

        slack.Bot.Log.ShouldContain("missing_scope");
        slack.Bot.Log.ShouldContain("wrong signature");
        foreach (var secret in new[] { slack.Slack.Workspace.BotToken, slack.Slack.SigningSecret, "zeppelin" })
        {
            slack.Bot.Log.ShouldNotContain(secret);
        }
    }

    private static Task<CommandRun> VerbAsync(SlackDriver slack, params string[] arguments) =>
        CommandRun.InProcessAsync(slack.Bot.DataFolder, [.. arguments, "--data", slack.Bot.DataFolder]);
}
