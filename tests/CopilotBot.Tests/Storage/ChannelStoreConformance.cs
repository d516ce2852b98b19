using CopilotBot.Conversations;
using CopilotBot.Tests.Support;

namespace CopilotBot.Tests.Storage;

/// <summary>What every channel store promises.</summary>
public abstract class ChannelStoreConformance
{
    private static readonly ConversationReference Here = new("teams", "19:abc@thread.tacv2;messageid=1");
    private static readonly ConversationReference There = new("teams", "a:personal");

    protected abstract IChannelStore Store { get; }

    protected abstract IChannelStore Reopen();

    [Fact]
    public void A_turn_is_taken_once_whichever_of_its_keys_comes_again()
    {
        var first = Turn(Here, "m1", 0);
        Store.TryAdd(first, ["event 1", "message 1"]).ShouldBeTrue();

        Store.TryAdd(Turn(Here, "m1", 1), ["event 1", "other"]).ShouldBeFalse();
        Reopen().TryAdd(Turn(Here, "m1", 2), ["another", "message 1"]).ShouldBeFalse();
        Store.TryAdd(Turn(Here, "m2", 3), ["another"]).ShouldBeTrue("a refused turn must leave none of its keys behind");

        Store.GetOpenTurns().Select(turn => turn.MessageId).ShouldBe(["m1", "m2"]);
    }

    [Fact]
    public void Of_many_deliveries_at_once_one_is_taken()
    {
        var taken = 0;
        Parallel.For(0, 32, _ =>
        {
            if (Store.TryAdd(Turn(Here, "m1", 0), ["key"]))
            {
                Interlocked.Increment(ref taken);
            }
        });

        taken.ShouldBe(1);
        Store.GetOpenTurns().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_leased_turn_is_nobody_elses_until_the_lease_ends_or_is_given_back()
    {
        var turn = Turn(Here, "m1", 0);
        Store.TryAdd(turn, ["key"]);

        Store.TryLease(turn.Id, Some.Day, Some.Day.AddMinutes(1)).ShouldNotBeNull();
        Store.TryLease(turn.Id, Some.Day.AddSeconds(59), Some.Day.AddMinutes(2)).ShouldBeNull();
        Reopen().TryLease(turn.Id, Some.Day.AddMinutes(1), Some.Day.AddMinutes(2)).ShouldNotBeNull();
        Store.Release(turn.Id, isAttempt: true);
        Store.TryLease(turn.Id, Some.Day.AddMinutes(1), Some.Day.AddMinutes(2)).ShouldNotBeNull();
    }

    [Fact]
    public void An_attempt_counts_from_where_the_answer_begins_unless_it_is_broken_off_from_outside()
    {
        var turn = Turn(Here, "m1", 0);
        Store.TryAdd(turn, ["key"]);

        Again().Attempts.ShouldBe(0, "nobody began");
        Store.Begin(turn.Id);
        Store.Release(turn.Id, isAttempt: true);
        Again().Attempts.ShouldBe(1);
        Store.Begin(turn.Id);
        Store.Release(turn.Id, isAttempt: false);
        Again().Attempts.ShouldBe(1);

        InboundTurn Again() => Reopen().TryLease(turn.Id, Some.Day, Some.Day).ShouldNotBeNull();
    }

    [Fact]
    public void Closing_a_turn_stores_its_messages_with_it_and_nothing_opens_it_again()
    {
        var turn = Turn(Here, "m1", 0);
        Store.TryAdd(turn, ["key"]);
        Store.Close(turn.Id, [Message(turn, 0), Message(turn, 1)]);

        Reopen().GetOpenTurns().ShouldBeEmpty();
        Store.Release(turn.Id, isAttempt: true);
        Store.TryLease(turn.Id, Some.Day, Some.Day.AddMinutes(1)).ShouldBeNull();
        Store.GetOpenTurns().ShouldBeEmpty();
        Store.FindTurn(turn.Id).ShouldNotBeNull().Text.ShouldBe("Text of m1");
        Store.GetOwed(Here).Select(message => message.Part).ShouldBe([0, 1]);
        Store.GetOwing().ShouldBe([Here]);
    }

    [Fact]
    public void The_turns_about_a_message_are_found_whether_they_are_closed_or_not()
    {
        var (edit, question) = (Turn(Here, "m1", 1) with { Kind = InboundKind.Edit }, Turn(Here, "m1", 0));
        foreach (var turn in new[] { edit, question, Turn(Here, "m2", 0), Turn(There, "m1", 0) })
        {
            Store.TryAdd(turn, [turn.Id.Value]);
        }

        Store.Close(question.Id, []);

        Reopen().GetTurns(Here, "m1").Select(turn => turn.Id).ShouldBe([question.Id, edit.Id]);
        Store.GetTurns(Here, "m3").ShouldBeEmpty();
    }

    [Fact]
    public void Owed_messages_come_in_the_order_of_their_questions_and_parts()
    {
        var (later, earlier) = (Turn(Here, "m2", 2), Turn(Here, "m1", 1));
        Store.Save(Message(later, 1));
        Store.Save(Message(later, 0));
        Store.Save(Message(earlier, 0));
        Store.Save(Message(Turn(There, "m3", 0), 0));

        Store.GetOwed(Here).Select(message => (message.ReplyTo, message.Part)).ShouldBe([("m1", 0), ("m2", 0), ("m2", 1)]);
        Store.GetOwing().Order(Comparer<ConversationReference>.Create((a, b) => string.CompareOrdinal(a.ConversationId, b.ConversationId))).ShouldBe([Here, There]);
    }

    [Fact]
    public void A_message_is_found_by_what_it_answers_and_by_what_the_platform_calls_it()
    {
        var turn = Turn(Here, "m1", 0);
        var message = Message(turn, 0) with { MessageId = "1700", Content = "{}", IsOwed = false };
        Store.Save(message);

        Reopen().GetAnswer(Here, "m1").ShouldHaveSingleItem().ShouldBe(message);
        Store.FindMessage(Here, "1700").ShouldBe(message);
        Store.FindMessage(There, "1700").ShouldBeNull();
        Store.FindLastAnswer(Here).ShouldBe(message);
        Store.FindLastAnswer(There).ShouldBeNull();
        Store.GetOwed(Here).ShouldBeEmpty();

        Store.Save(message with { IsWithdrawn = true });
        Store.FindLastAnswer(Here).ShouldBeNull("a withdrawn answer is none");
    }

    [Fact]
    public void A_message_that_is_there_is_not_added_again()
    {
        var message = Message(Turn(Here, "m1", 0), 0);

        Store.TryAdd(message).ShouldBeTrue();
        Reopen().TryAdd(message with { Content = "other" }).ShouldBeFalse();
        Store.GetAnswer(Here, "m1").ShouldHaveSingleItem().Content.ShouldBe(message.Content);
    }

    [Fact]
    public void Conversations_are_kept_by_channel()
    {
        var conversation = new ChannelConversation(There, "personal", "tenant", new ChannelUser("user", "Alba"), "address", Some.Day, IsWelcomed: true, IsClosed: false);
        Store.Save(conversation);
        Store.Save(conversation with { Reference = new("slack", "D1") });

        Reopen().FindConversation(There).ShouldBe(conversation);
        Store.GetConversations("teams").ShouldBe([conversation]);
        Store.FindConversation(Here).ShouldBeNull();
    }

    [Fact]
    public void What_is_old_and_settled_is_forgotten_and_nothing_else()
    {
        var (old, open, young) = (Turn(Here, "old", 0), Turn(Here, "open", 0), Turn(Here, "young", 10));
        foreach (var turn in new[] { old, open, young })
        {
            Store.TryAdd(turn, [turn.MessageId]);
        }

        Store.Close(old.Id, [Message(old, 0) with { IsOwed = false }, Message(old, 1)]);
        Store.Close(young.Id, [Message(young, 0) with { IsOwed = false }]);

        Store.Prune(Some.Day.AddMinutes(5)).ShouldBe(2);

        Store.FindTurn(old.Id).ShouldBeNull();
        Store.GetAnswer(Here, "old").ShouldHaveSingleItem().Part.ShouldBe(1, "what is owed is owed");
        Store.GetOpenTurns().ShouldHaveSingleItem().MessageId.ShouldBe("open");
        Store.GetAnswer(Here, "young").ShouldHaveSingleItem();
        Store.TryAdd(Turn(Here, "young", 11), ["young"]).ShouldBeFalse();
        Store.TryAdd(Turn(Here, "old", 11), ["old"]).ShouldBeTrue();
    }

    [Fact]
    public void What_is_old_of_one_channel_is_forgotten_but_not_that_it_was_delivered()
    {
        var (here, slack) = (Turn(Here, "here", 0), Turn(new ConversationReference("slack", "c"), "there", 0));
        foreach (var turn in new[] { here, slack })
        {
            Store.TryAdd(turn, [turn.MessageId]);
            Store.Close(turn.Id, [Message(turn, 0) with { IsOwed = false }]);
        }

        Store.Prune(Some.Day.AddMinutes(5), "slack").ShouldBe(2);

        Store.FindTurn(slack.Id).ShouldBeNull();
        Store.FindTurn(here.Id).ShouldNotBeNull();
        Store.TryAdd(Turn(slack.Conversation, "there", 11), ["there"]).ShouldBeFalse();
    }

    private static InboundTurn Turn(ConversationReference conversation, string message, int minute) => new(
        TurnId.New(), InboundKind.Question, conversation, message, new ChannelUser("user", "Alba"), $"Text of {message}", "address", Some.Day.AddMinutes(minute));

    private static OutboundMessage Message(InboundTurn turn, int part) => new()
    {
        Id = OutboundMessage.IdOf(turn.Conversation, turn.MessageId, part),
        Conversation = turn.Conversation,
        Address = turn.Address,
        Turn = turn.Id,
        Created = turn.Received,
        ReplyTo = turn.MessageId,
        Part = part,
        Content = $"content {part}",
        IsOwed = true,
    };
}
