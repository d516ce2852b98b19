using System.Text.Json;
using CopilotBot.Extraction;
using CopilotBot.Inference;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Extraction;

public sealed class IntentRouterTests
{
    [Theory]
    [InlineData("How many days of leave carry over into next year?", Intent.AskQuestion)]
    [InlineData("where do i find the form for parental leave", Intent.AskQuestion)]
    [InlineData("The badge reader at gate B is dead since this morning, please raise an incident, P2", Intent.CreateTicket)]
    [InlineData("Please open a ticket: the quay is slippery.", Intent.CreateTicket)]
    [InlineData("Hi bot, could you please raise an incident? Nobody can park.", Intent.CreateTicket)]
    [InlineData("How do I open a ticket?", Intent.AskQuestion)]
    [InlineData("Who may create a ticket for the quay?", Intent.AskQuestion)]
    [InlineData("close OPS-482 pls, fixed in 2.14.1", Intent.UpdateTicket)]
    [InlineData("status of HELP-7?", Intent.FindTicket)]
    [InlineData("tl;dr of this thread please", Intent.SummarizeThread)]
    [InlineData("get me a human please, I want to talk to the service desk", Intent.Escalate)]
    [InlineData("good morning bot!", Intent.SmallTalk)]
    public async Task Messages_go_where_they_belong(string text, Intent expected) =>
        (await ShippedReader.Router.RouteAsync(text, TestContext.Current.CancellationToken)).Intent.ShouldBe(expected);

    [Fact]
    public void An_order_that_is_hardly_likelier_than_a_question_is_answered() =>
        IntentRouter.Route("vpn drops", Read(("create_ticket", .6), ("ask_question", .3), ("find_ticket", .1))).Intent.ShouldBe(Intent.AskQuestion);

    [Fact]
    public void An_order_that_could_be_a_question_is_asked_about()
    {
        var routed = IntentRouter.Route("vpn drops", Read(("create_ticket", .95), ("ask_question", .04), ("find_ticket", .01)));

        (routed.Intent, routed.Other).ShouldBe((Intent.CreateTicket, Intent.AskQuestion));
    }

    [Fact]
    public void Who_asks_for_a_ticket_in_so_many_words_is_not_asked_again() =>
        IntentRouter.Route("please open a ticket, vpn drops", Read(("create_ticket", .95), ("ask_question", .04), ("find_ticket", .01))).Other.ShouldBeNull();

    [Fact]
    public void Two_orders_that_are_nearly_as_likely_are_asked_about()
    {
        var routed = IntentRouter.Route("LAB-3 again", Read(("update_ticket", .5), ("find_ticket", .45), ("ask_question", .001)));

        (routed.Intent, routed.Other).ShouldBe((Intent.UpdateTicket, Intent.FindTicket));
    }

    [Fact]
    public void What_fits_nothing_is_out_of_scope() =>
        IntentRouter.Route("?", Read(("create_ticket", .25), ("find_ticket", .24), ("escalate", .2), ("ask_question", .01))).Intent.ShouldBe(Intent.OutOfScope);

    [Fact]
    public void A_forced_intent_is_sure() => IntentRouter.Force(Intent.CreateTicket, Read(("ask_question", 1))).ShouldSatisfyAllConditions(
        routed => routed.Intent.ShouldBe(Intent.CreateTicket), routed => routed.Confidence.ShouldBe(1), routed => routed.Other.ShouldBeNull());

    [Theory]
    [InlineData("qa-gsa-handbook/questions.jsonl", "question")]
    [InlineData("ret-stackfaq/queries.jsonl", "text")]
    public async Task Questions_stay_questions(string set, string property)
    {
        var path = Path.Combine(RepositoryPaths.Shared, "data", set);
        Assert.SkipUnless(File.Exists(path), $"needs {path}");
        List<RoutedMessage> routed = [];
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            routed.Add(await ShippedReader.Router.RouteAsync(json.RootElement.GetProperty(property).GetString()!, TestContext.Current.CancellationToken));
        }

        var away = routed.Count(message => message.Intent is not (Intent.AskQuestion or Intent.OutOfScope) && message.Other is not Intent.AskQuestion);

        ((double)away / routed.Count).ShouldBeLessThanOrEqualTo(.01);
    }

    private static TaggedText Read(params (string, double)[] intents) => new(intents, []);
}
