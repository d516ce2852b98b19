using System.Text.RegularExpressions;
using CopilotBot.Conversations;
using CopilotBot.Feedback;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CopilotBot.Tests.Channels;

/// <summary>What people may expect of the bot wherever they meet it. Every platform passes all of it, with the same expectations.</summary>
public abstract partial class ChannelConformance
{
    private const string Laptop = "my laptop is dead";
    private const string LaptopFact = "bring it to the service desk in Stromvik";
    private const string Alba = "Alba Quintero";

    internal abstract Task<IChannelDriver> StartAsync(Action<IServiceCollection>? plant = null);

    [Fact]
    public async Task A_question_in_a_personal_chat_gets_one_cited_answer()
    {
        await using var channel = await StartAsync();

        var asked = await channel.AskPersonallyAsync(Alba, Laptop);
        await SettleAsync(channel);

        var answer = channel.Answers(asked).ShouldHaveSingleItem();
        answer.ShouldContain(LaptopFact);
        answer.ShouldContain("[1]");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mention_in_a_channel_is_answered_in_its_thread()
    {
        await using var channel = await StartAsync();

        var asked = await channel.AskInChannelAsync([], Alba, Laptop);
        var talk = await channel.AskInChannelAsync([], Alba, "Did you see the harbour fair?", isMention: false);
        await SettleAsync(channel);

        channel.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        channel.Answers(talk).ShouldBeEmpty("nobody spoke to the bot");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_follow_up_in_an_answered_thread_needs_no_mention_and_other_talk_is_left_alone()
    {
        await using var channel = await StartAsync();
        var asked = await channel.AskInChannelAsync([], Alba, Laptop);
        await SettleAsync(channel);

        await channel.ReplyAsync(asked, Alba, "Thanks, that helps a lot.", isMention: false);
        await SettleAsync(channel);
        channel.Answers(asked).ShouldHaveSingleItem();

        await channel.ReplyAsync(asked, Alba, "How long may I keep a loan laptop?", isMention: false);
        await SettleAsync(channel);

        channel.Answers(asked).Count.ShouldBe(2);
        channel.Answers(asked)[1].ShouldContain("15 working days");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edited_question_has_its_answer_changed_in_place()
    {
        await using var channel = await StartAsync();
        var asked = await channel.AskInChannelAsync([], Alba, "What is the best colour for a boat?");
        await SettleAsync(channel);
        channel.Answers(asked).ShouldHaveSingleItem().ShouldStartWith("I don't know");

        await channel.EditAsync(asked, Laptop);
        await SettleAsync(channel);

        channel.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_question_takes_its_answer_with_it()
    {
        await using var channel = await StartAsync();
        var asked = await channel.AskInChannelAsync([], Alba, Laptop);
        await SettleAsync(channel);

        await channel.DeleteAsync(asked);
        await SettleAsync(channel);

        channel.Answers(asked).ShouldBeEmpty();
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_platform_delivers_again_is_answered_once()
    {
        await using var channel = await StartAsync();
        var asked = await channel.AskPersonallyAsync(Alba, Laptop);
        await channel.RedeliverAsync(asked);
        await SettleAsync(channel);
        await channel.RedeliverAsync(asked);
        await SettleAsync(channel);

        channel.Answers(asked).ShouldHaveSingleItem();
        channel.Services.GetRequiredService<ITurnStore>().GetRecent(10).Count(turn => turn.Question == Laptop).ShouldBe(1);
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_vote_is_kept_with_its_reason_and_the_trace_of_the_turn_and_may_change()
    {
        await using var channel = await StartAsync();
        var asked = await channel.AskInChannelAsync(["Maren Osei"], Alba, Laptop);
        await SettleAsync(channel);

        await channel.RateAsync(asked, Alba, isUp: true, "");
        await channel.RateAsync(asked, Alba, isUp: false, "It is from last year.");
        await channel.RateAsync(asked, "Maren Osei", isUp: true, "");

        var votes = channel.Services.GetRequiredService<IFeedbackStore>().List();
        votes.Select(vote => vote.Vote).Order().ShouldBe([Vote.Up, Vote.Down]);
        var down = votes.Single(vote => vote.Vote == Vote.Down);
        down.Comment.ShouldBe("It is from last year.");
        down.Turn.Question.ShouldBe(Laptop);
        down.Turn.Citations.ShouldNotBeEmpty();
        down.Turn.Trace.Select(stage => stage.Name).ShouldContain("knowledge.search");
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_answer_comes_whole_in_several_messages()
    {
        var sentence = "Collect a loan laptop; it is yours for up to 15 working days. [1, 2, 3, 4, 5]";
        var text = string.Join('\n', Enumerable.Repeat(sentence, 600));
        await using var channel = await StartAsync(services => services.Replace(ServiceDescriptor.Singleton<IChatClient>(new WrittenAnswer(text))));

        var asked = await channel.AskInChannelAsync([], Alba, "How long may I keep a loan laptop?");
        await SettleAsync(channel);

        channel.Answers(asked).Count.ShouldBeGreaterThan(1, channel.Answers(asked)[0]);
        channel.Answers(asked).Sum(part => LoanSentence().Count(part)).ShouldBe(600);
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_platform_that_throttles_is_obeyed_and_nothing_is_lost()
    {
        await using var channel = await StartAsync();
        channel.Throttle(3);

        var asked = await channel.AskInChannelAsync([], Alba, Laptop);
        await SettleAsync(channel);

        channel.Answers(asked).ShouldHaveSingleItem().ShouldContain(LaptopFact);
        channel.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_gets_what_all_its_members_may_read_and_a_person_the_rest_in_private()
    {
        await using var channel = await StartAsync();

        var asked = await channel.AskInChannelAsync(["guest"], Alba, Laptop);
        await SettleAsync(channel);
        channel.Answers(asked).ShouldHaveSingleItem().ShouldStartWith("I don't know", Case.Sensitive, "a guest is there, who may read nothing of it");

        await channel.AskPrivatelyAsync(asked, Alba);
        await SettleAsync(channel);
        channel.PersonalAnswers(Alba).ShouldHaveSingleItem().ShouldContain(LaptopFact);

        await channel.AskPrivatelyAsync(asked, "guest");
        await SettleAsync(channel);
        channel.PersonalAnswers("guest").ShouldHaveSingleItem().ShouldStartWith("I don't know");
        channel.Answers(asked).ShouldHaveSingleItem("nothing more is said in the channel");
        channel.BrokenRules.ShouldBeEmpty();
    }

    internal static Task SettleAsync(IChannelDriver channel)
    {
        var store = channel.Services.GetRequiredService<IChannelStore>();
        return EngineHost.UntilAsync(() => store.GetOpenTurns().Count == 0 && store.GetOwing().Count == 0);
    }

    [GeneratedRegex("Collect a loan laptop")]
    private static partial Regex LoanSentence();
}
