using CopilotBot.FakeTeams;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>Streamed answers in personal chats (facts/teams.md §3.3), with the whole server and the strict fake.</summary>
public sealed class TeamsStreamTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    private static readonly string[] Written =
    [
        "When a laptop is dead, bring it to the service desk in Stromvik. [1]", "Report the defect with the asset number on the lid. [1]", "Collect a loan laptop; it is yours for up to 15 working days. [1]",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_personal_answer_is_streamed_sentence_by_sentence_and_ends_in_one_message()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1.1));
        await using var teams = await TeamsDriver.StartAsync(demo, Writes(Written, async () => await pause.WaitForNextTickAsync()));

        var asked = await teams.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);

        var message = teams.Seen(asked.Conversation).First();
        message.IsStreaming.ShouldBeFalse();
        message.StreamTexts.Select(shown => shown.Kind).ShouldContain("informative");
        message.StreamTexts.Select(shown => shown.Kind).ShouldContain("streaming");
        message.Text.ShouldContain("asset number on the lid");
        message.Current.GetProperty("channelData").GetProperty("feedbackLoop").GetProperty("type").GetString().ShouldBe("custom");
        teams.Answers(asked).ShouldHaveSingleItem();
        teams.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_presses_stop_gets_nothing_more()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1.1));
        await using var teams = await TeamsDriver.StartAsync(demo, Writes([.. Written, .. Written, .. Written], async () => await pause.WaitForNextTickAsync()));
        var asked = await teams.AskPersonallyAsync(Alba, Laptop);
        await teams.Bot.Teams.WaitForAsync(seen => seen.Messages(asked.Conversation).Any(message => message.StreamTexts.Count > 1), TimeSpan.FromSeconds(20), Cancel);

        teams.Bot.Teams.CancelStream(teams.Seen(asked.Conversation).Single().Id);
        await ChannelConformance.SettleAsync(teams);

        teams.Seen(asked.Conversation).ShouldHaveSingleItem().IsCancelled.ShouldBeTrue();
        teams.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_that_can_be_neither_ended_nor_changed_is_taken_back_and_answered_anew()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        teams.Bot.Teams.Inject(new Fault { When = call => call.StreamType == "final", Kind = new FaultKind.Status(403, ErrorCode: "ContentStreamNotAllowed") });

        var asked = await teams.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);

        teams.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
    }

    [Fact]
    public async Task A_final_message_whose_answer_was_lost_is_not_said_again()
    {
        await using var teams = await TeamsDriver.StartAsync(demo);
        teams.Bot.Teams.Inject(new Fault { When = call => call.StreamType == "final", Kind = new FaultKind.DropConnection(AfterActing: true) });

        var asked = await teams.AskPersonallyAsync(Alba, Laptop);
        await ChannelConformance.SettleAsync(teams);

        teams.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
    }

    private static Action<IServiceCollection> Writes(IReadOnlyList<string> sentences, Func<Task> beforeSentence) =>
        services => services.Replace(ServiceDescriptor.Singleton<IChatClient>(new WrittenAnswer(string.Join('\n', sentences).Replace("[1]", "[1, 2, 3, 4, 5]", StringComparison.Ordinal), beforeSentence)));
}
