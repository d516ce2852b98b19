using CopilotBot.FakeSlack;
using CopilotBot.Tests.Channels.Slack;
using Microsoft.Extensions.Time.Testing;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>What the chaos tests brought to light in Slack, each without the chaos. A call that acts and is not answered stands for the process that was killed meanwhile.</summary>
public sealed class KilledSlackTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Question = "what does fault code BRW-204 mean";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Who is killed between the next post and the removal would leave it for ever, and in channels the thread processing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_placeholder_of_unknown_fate_is_removed_before_the_next_one_is_posted(bool isPersonal)
    {
        await using var bot = await SlackBot.StartAsync(indexed: demo.Path);
        var chat = new SlackChat(bot.Slack, isPersonal);
        var before = new List<SeenMessage>();
        bot.Slack.Inject(Lost("chat.startStream"));
        bot.Slack.BeforeActing = call =>
        {
            before.AddRange(call.Method == "chat.postMessage" ? Standing(chat) : []);
            return Task.CompletedTask;
        };

        await chat.AskAsync(Question);

        await bot.Slack.WaitForAsync(_ => TranscriptChecker.Check(chat.Shown, [new ExpectedAnswer("pitch motor does not answer", HasCard: true)]).Complaints.Count == 0, Patience, Cancel);
        await bot.Slack.WaitForAsync(slack => slack.ProcessingThreads.Count == 0, Patience, Cancel);
        before.ShouldBeEmpty();
        Standing(chat).ShouldHaveSingleItem();
        bot.Slack.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_placeholder_of_unknown_fate_is_found_at_the_end_of_a_long_thread()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-10));
        await using var bot = await SlackBot.StartAsync(indexed: demo.Path, time: clock);
        var person = bot.Slack.As(bot.Slack.AddUser("Alba Quintero", "alba.quintero@halvorne.example"));
        var channel = bot.Slack.AddChannel("harbour", person.User);
        channel.HasBot = false;
        var thread = (await person.SayAsync(channel, "Good morning.", mention: false, Cancel)).Ts;
        for (var reply = 0; reply < 70; reply++)
        {
            await person.ReplyAsync(channel, thread, "Good morning to you.", mention: false, Cancel);
        }

        channel.HasBot = true;
        clock.Advance(TimeSpan.FromMinutes(10));
        bot.Slack.Inject(Lost("chat.startStream"));
        await person.ReplyAsync(channel, thread, Question, cancellationToken: Cancel);

        await bot.Slack.WaitForAsync(slack => slack.Messages(channel).Any(message => message.AuthorIsBot && message.Text.Contains("pitch motor", StringComparison.Ordinal)), Patience, Cancel);
        bot.Slack.Messages(channel).Count(message => message is { AuthorIsBot: true, IsDeleted: false }).ShouldBe(1);
        bot.Slack.ProcessingThreads.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_placeholder_of_unknown_fate_goes_with_the_question_when_that_is_deleted()
    {
        await using var bot = await SlackBot.StartAsync(indexed: demo.Path);
        var person = bot.Slack.As(bot.Slack.AddUser("Alba Quintero", "alba.quintero@halvorne.example"));
        var channel = bot.Slack.AddChannel("harbour", person.User);
        bot.Slack.Inject(Lost("chat.startStream"));
        bot.Slack.BeforeAnswer = async call =>
        {
            if (call.Method == "chat.startStream")
            {
                await person.DeleteAsync(channel, call.Text("thread_ts")!, Cancel); // a stream always has one
            }
        };

        await person.SayAsync(channel, Question, cancellationToken: Cancel);

        await bot.Slack.WaitForAsync(slack => slack.Messages(channel) is { Count: > 1 } all && all.All(message => message.IsDeleted), Patience, Cancel);
        bot.Slack.ProcessingThreads.ShouldBeEmpty();
        bot.Slack.Violations.ShouldBeEmpty();
    }

    /// <summary>Ending streams is what Slack allows least of.</summary>
    [Fact]
    public async Task A_stream_that_is_known_to_be_over_is_not_ended_again_however_often_its_update_is_repeated()
    {
        await using var bot = await SlackBot.StartAsync(indexed: demo.Path);
        var chat = new SlackChat(bot.Slack, isPersonal: true);
        bot.Slack.Inject(Lost("chat.stopStream"));
        bot.Slack.Inject(new Fault { When = call => call.Method == "chat.update", Kind = new FaultKind.Status(429, TimeSpan.FromSeconds(1)) });

        await chat.AskAsync(Question);

        await bot.Slack.WaitForAsync(slack => slack.Calls.Count(call => call is { Method: "chat.update", Status: 200 }) == 1, Patience, Cancel);
        bot.Slack.Calls.Count(call => call.Method == "chat.stopStream").ShouldBe(2);
        Standing(chat).ShouldHaveSingleItem().Text.ShouldContain("pitch motor does not answer");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_died_of_age_while_nobody_lived_leaves_no_thread_processing(bool isPersonal)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bot = await SlackBot.StartAsync(indexed: demo.Path, time: clock);
        var chat = new SlackChat(bot.Slack, isPersonal);
        bot.Slack.BeforeActing = call =>
        {
            clock.Advance(call.Method == "chat.stopStream" ? TimeSpan.FromMinutes(6) : TimeSpan.Zero);
            return Task.CompletedTask;
        };

        await chat.AskAsync(Question);

        await bot.Slack.WaitForAsync(slack => Standing(chat) is [{ Cards.Count: 1 }] && slack.ProcessingThreads.Count == 0, Patience, Cancel);
        bot.Slack.Violations.ShouldBeEmpty();
    }

    private static List<SeenMessage> Standing(SlackChat chat) => [.. chat.Shown.Where(message => message is { IsByBot: true, IsDeleted: false })];

    private static Fault Lost(string method) => new() { When = call => call.Method == method, Kind = new FaultKind.DropConnection(AfterActing: true) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
