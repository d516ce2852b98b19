using System.Text.Json;
using CopilotBot.Conversations;
using CopilotBot.Feedback;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

/// <summary>What every feedback store keeps.</summary>
public abstract class FeedbackStoreConformance
{
    protected abstract IFeedbackStore Store { get; }

    protected abstract IFeedbackStore Reopen();

    [Fact]
    public void A_vote_comes_back_with_the_trace_of_its_turn_newest_first()
    {
        var older = Entry("one", "alba", 0);
        var newer = Entry("two", "alba", 1) with { Reason = "outdated", Comment = "It moved.", Expected = Some.Id("page") };
        Store.Save(newer);
        Store.Save(older);

        JsonSerializer.Serialize(Reopen().List()).ShouldBe(JsonSerializer.Serialize(new[] { newer, older }));
        Store.Find("nothing").ShouldBeNull();
    }

    [Fact]
    public void One_person_has_one_vote_on_an_answer_and_may_change_it()
    {
        var first = Entry("one", "alba", 0);
        Store.Save(first);
        Store.Save(first with { Vote = Vote.Up });
        Store.Save(first with { Id = FeedbackEntry.IdOf(first.Turn.Id, new ChannelUser("dario", "")), Voter = new ChannelUser("dario", "") });

        Store.List().Count.ShouldBe(2);
        Store.Find(first.Id).ShouldNotBeNull().Vote.ShouldBe(Vote.Up);
    }

    [Fact]
    public void Old_votes_of_one_channel_are_forgotten()
    {
        Store.Save(Entry("old", "alba", 0, "slack") with { Expected = Some.Id("page") });
        Store.Save(Entry("young", "alba", 10, "slack"));
        Store.Save(Entry("elsewhere", "alba", 0));

        Store.Prune("slack", Some.Day.AddMinutes(5)).ShouldBe(1);

        Store.List().Select(vote => vote.Turn.Question).ShouldBe(["young", "elsewhere"]);
    }

    private static FeedbackEntry Entry(string question, string voter, int minute, string channel = "teams")
    {
        var user = new ChannelUser(voter, voter);
        var turn = new TurnRecord(
            TurnId.New(), new ConversationReference(channel, "c"), UserIdentity.Public, question, Some.Day, "Grounded", "It is so. [1]", ["wiki:page:1/abc"],
            [new TurnCandidate("wiki:page:1/abc", 1, null, 1, 2, 3.5)], [new TurnStage("total", 20)], .5);
        return new FeedbackEntry(FeedbackEntry.IdOf(turn.Id, user), turn, user, Vote.Down, null, null, Some.Day.AddMinutes(minute), null, null);
    }
}
