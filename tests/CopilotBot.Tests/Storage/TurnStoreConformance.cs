using System.Text.Json;
using CopilotBot.Conversations;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

/// <summary>What every turn store keeps.</summary>
public abstract class TurnStoreConformance
{
    private static readonly ConversationReference Here = new("web", "a");

    protected abstract ITurnStore Store { get; }

    protected abstract ITurnStore Reopen();

    [Fact]
    public void A_turn_comes_back_with_its_whole_trace_for_the_next_process()
    {
        var turn = Turn("one", Here, 0) with
        {
            Citations = ["wiki:page:1/abc"],
            Candidates = [new TurnCandidate("wiki:page:1/abc", 1, null, 1, 2, 3.5)],
            Trace = [new TurnStage("knowledge.search", 12.5), new TurnStage("total", 20)],
            Confidence = 0.75,
        };
        Store.Save(turn);

        var found = Reopen().Find(turn.Id).ShouldNotBeNull();

        JsonSerializer.Serialize(found).ShouldBe(JsonSerializer.Serialize(turn));
        Store.Find(TurnId.New()).ShouldBeNull();
    }

    [Fact]
    public void The_same_turn_again_replaces_it()
    {
        var turn = Turn("one", Here, 0);
        Store.Save(turn);
        Store.Save(turn with { Outcome = "Failed" });

        Store.GetRecent(10).ShouldHaveSingleItem().Outcome.ShouldBe("Failed");
    }

    [Fact]
    public void A_conversation_is_its_turns_newest_first()
    {
        Store.Save(Turn("first", Here, 0));
        Store.Save(Turn("third", Here, 2));
        Store.Save(Turn("second", Here, 1));
        Store.Save(Turn("elsewhere", new ConversationReference("slack", "a"), 3));
        Store.Save(Turn("another", new ConversationReference("web", "b"), 4));

        Store.GetConversation(Here, 10).Select(turn => turn.Question).ShouldBe(["third", "second", "first"]);
        Store.GetConversation(Here, 2).Select(turn => turn.Question).ShouldBe(["third", "second"]);
        Store.GetConversation(Here, 0).ShouldBeEmpty();
        Store.GetConversation(new ConversationReference("web", "nobody"), 10).ShouldBeEmpty();
        Store.GetRecent(2).Select(turn => turn.Question).ShouldBe(["another", "elsewhere"]);
    }

    [Fact]
    public void Old_turns_of_one_channel_are_forgotten()
    {
        var slack = new ConversationReference("slack", "T1/C1/1.2");
        Store.Save(Turn("old", slack, 0));
        Store.Save(Turn("young", slack, 10));
        Store.Save(Turn("elsewhere", Here, 0));
        Store.Save(Turn("other", new ConversationReference("slacker", "a"), 0));

        Store.Prune("slack", Some.Day.AddMinutes(5)).ShouldBe(1);

        Store.GetRecent(10).Select(turn => turn.Question).ShouldBe(["young", "elsewhere", "other"], ignoreOrder: true);
    }

    private static TurnRecord Turn(string question, ConversationReference conversation, int minute) => new(
        TurnId.New(), conversation, new UserIdentity("wiki:ada", "Ada", IsStaff: true), question, Some.Day.AddMinutes(minute), "Grounded", "An answer. [1]", [], [], [], null);
}
