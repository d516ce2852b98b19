using CopilotBot.Answering;
using CopilotBot.Channels;
using CopilotBot.Conversations;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Channels;

/// <summary>Never silent, never twice: what the turn engine does with a platform that does not.</summary>
public sealed class TurnEngineTests
{
    private int _once;

    private const string Miss = "I don't know: there is no page or ticket that you may read.";

    [Fact]
    public async Task What_a_platform_does_not_want_kept_is_deleted_and_what_is_open_is_not()
    {
        await using var host = new EngineHost();
        await host.StartAsync();
        host.Ask("c", "m", "What does a berth cost?");
        await host.SettleAsync();
        host.Turns.GetRecent(10).ShouldHaveSingleItem();

        // Everything is older than tomorrow's tomorrow.
        host.Drafts.TryAdd(new TicketDraft { Id = new TurnId("d"), Action = TicketAction.Create, Requester = "u", RequesterName = "Alba", Created = DateTimeOffset.UnixEpoch.AddYears(60) });
        host.Platform.Retention = TimeSpan.FromDays(-36_500);
        await host.RestartAsync(start: false);
        host.Ask("c", "n", "And a mooring?");
        await host.StartAsync();
        await host.SettleAsync();

        host.Turns.GetRecent(10).ShouldHaveSingleItem().Question.ShouldBe("And a mooring?");
        host.Drafts.Find(new TurnId("d")).ShouldBeNull();
        host.Store.GetAnswer(EngineHost.Of("c"), "m").ShouldBeEmpty();
        host.Platform.See("c").Count.ShouldBe(2, "what is shown stays shown");
    }

    [Fact]
    public async Task A_question_gets_a_placeholder_that_becomes_its_answer()
    {
        await using var engine = new EngineHost();
        var seen = new List<string>();
        engine.Platform.Before = what =>
        {
            seen.Add(what);
            return Task.CompletedTask;
        };
        await engine.StartAsync();

        engine.Ask("c", "m1", "Where is the harbour?").ShouldBeTrue();
        await engine.SettleAsync();

        seen.ShouldBe(["post Looking", $"update {Miss}"]);
        engine.Platform.See("c").ShouldBe([Miss]);
        engine.Turns.GetConversation(EngineHost.Of("c"), 10).ShouldHaveSingleItem().Question.ShouldBe("Where is the harbour?");
    }

    [Fact]
    public async Task The_same_delivery_again_is_no_second_turn()
    {
        await using var engine = new EngineHost();
        await engine.StartAsync();

        engine.Ask("c", "m1", "What?").ShouldBeTrue();
        engine.Ask("c", "m1", "What?").ShouldBeFalse();
        await engine.SettleAsync();
        engine.Ask("c", "m1", "What?").ShouldBeFalse();

        engine.Platform.See("c").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_update_is_repeated_until_it_is_known_to_have_arrived(bool mayHaveArrived)
    {
        var trouble = mayHaveArrived ? SendStatus.Unknown : SendStatus.TryAgain;
        await using var engine = new EngineHost();
        engine.Platform.Script.Enqueue(new SendResult(SendStatus.TryAgain)); // the placeholder
        await engine.StartAsync();
        engine.Platform.Before = what =>
        {
            if (what.StartsWith("update", StringComparison.Ordinal) && engine.Platform.Script.IsEmpty && Interlocked.Exchange(ref _once, 1) == 0)
            {
                engine.Platform.Script.Enqueue(new SendResult(trouble));
                engine.Platform.Script.Enqueue(new SendResult(trouble, Wait: TimeSpan.FromMilliseconds(700)));
            }

            return Task.CompletedTask;
        };

        engine.Ask("c", "m1", "What?");
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe([Miss]);
    }

    [Fact]
    public async Task A_placeholder_of_unknown_fate_may_be_left_behind_but_never_a_second_answer()
    {
        await using var engine = new EngineHost();
        engine.Platform.Script.Enqueue(new SendResult(SendStatus.Unknown));
        await engine.StartAsync();

        engine.Ask("c", "m1", "What?");
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["Looking", Miss]);
    }

    [Fact]
    public async Task Without_an_id_there_is_nothing_to_update_so_the_answer_is_posted()
    {
        await using var engine = new EngineHost();
        engine.Platform.Script.Enqueue(SendResult.Done(null));
        await engine.StartAsync();

        engine.Ask("c", "m1", "What?");
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["Looking", Miss]);
    }

    [Fact]
    public async Task Content_that_the_platform_refuses_is_replaced_by_a_sentence_with_the_trace_id()
    {
        await using var engine = new EngineHost();
        engine.Platform.Draw = (_, answer) => [answer.Outcome == AnswerOutcome.Failed ? answer.Text : "refuse me"];
        engine.Platform.Before = what =>
        {
            if (what == "update refuse me")
            {
                engine.Platform.Script.Enqueue(new SendResult(SendStatus.ContentRefused));
            }

            return Task.CompletedTask;
        };
        await engine.StartAsync();

        engine.Ask("c", "m1", "What?");
        await engine.SettleAsync();

        var turn = engine.Turns.GetRecent(1).ShouldHaveSingleItem();
        engine.Platform.See("c").ShouldHaveSingleItem().ShouldContain(turn.Id.Value);
    }

    [Fact]
    public async Task A_conversation_that_the_bot_may_not_write_to_does_not_hold_up_anybody()
    {
        await using var engine = new EngineHost();
        engine.Store.Save(new ChannelConversation(EngineHost.Of("closed"), "personal", null, null, "closed", DateTimeOffset.UnixEpoch, false, false));
        engine.Platform.Script.Enqueue(new SendResult(SendStatus.Forbidden));
        engine.Ask("closed", "m1", "What?");
        await engine.StartAsync();
        await engine.SettleAsync();

        engine.Ask("open", "m2", "What?");
        await engine.SettleAsync();

        engine.Platform.See("closed").ShouldBeEmpty();
        engine.Platform.See("open").ShouldBe([Miss]);
        engine.Store.FindConversation(EngineHost.Of("closed")).ShouldNotBeNull().IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task An_edited_question_changes_its_answer_in_place()
    {
        await using var engine = new EngineHost();
        engine.Platform.Draw = (turn, _) => turn.Kind == InboundKind.Edit ? [$"on {turn.Text}"] : [$"on {turn.Text}", "card"];
        await engine.StartAsync();
        engine.Ask("c", "m1", "first");
        engine.Ask("c", "m2", "other");
        await engine.SettleAsync();

        engine.Ask("c", "m1", "second", InboundKind.Edit).ShouldBeTrue();
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["on second", "on other", "card"], "a part that the new answer does not need is removed");
    }

    [Fact]
    public async Task A_deleted_question_takes_its_answer_with_it_and_comes_back_with_a_new_one()
    {
        await using var engine = new EngineHost();
        await engine.StartAsync();
        engine.Ask("c", "m1", "What?");
        await engine.SettleAsync();

        engine.Ask("c", "m1", "", InboundKind.Deletion);
        await engine.SettleAsync();
        engine.Platform.See("c").ShouldBeEmpty();

        engine.Ask("c", "m1", "What?", InboundKind.Edit);
        await engine.SettleAsync();
        engine.Platform.See("c").ShouldBe([Miss]);
    }

    [Fact]
    public async Task Where_nothing_can_be_removed_the_answer_says_that_it_was_withdrawn()
    {
        await using var engine = new EngineHost();
        await engine.StartAsync();
        engine.Ask("c", "m1", "What?");
        await engine.SettleAsync();
        engine.Platform.Script.Enqueue(new SendResult(SendStatus.ContentRefused));

        engine.Ask("c", "m1", "", InboundKind.Deletion);
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["Withdrawn"]);
    }

    [Fact]
    public async Task A_question_that_was_changed_or_deleted_before_its_turn_is_not_answered_twice()
    {
        await using var engine = new EngineHost();
        engine.Platform.Draw = (turn, _) => [$"on {turn.Text}"];
        engine.Ask("c", "m1", "first");
        engine.Ask("c", "m1", "second", InboundKind.Edit);
        engine.Ask("c", "m2", "gone");
        engine.Ask("c", "m2", "", InboundKind.Deletion);
        await engine.StartAsync();
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["on second"]);
    }

    [Fact]
    public async Task A_message_that_is_delivered_after_its_change_is_not_what_is_answered()
    {
        await using var engine = new EngineHost();
        engine.Platform.Draw = (turn, _) => [$"on {turn.Text}"];
        await engine.StartAsync();
        engine.Ask("c", "m1", "second", InboundKind.Edit);
        engine.Ask("c", "m2", "", InboundKind.Deletion);
        await engine.SettleAsync();

        engine.Ask("c", "m1", "first");
        engine.Ask("c", "m2", "gone");
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["on second"]);
    }

    [Fact]
    public async Task Conversations_take_turns_and_each_keeps_its_order()
    {
        await using var engine = new EngineHost(options => options.Conversations = 1);
        engine.Platform.Draw = (turn, _) => [turn.Text];
        var updates = new List<string>();
        engine.Platform.Before = what =>
        {
            if (what.StartsWith("update", StringComparison.Ordinal))
            {
                updates.Add(what[7..]);
            }

            return Task.CompletedTask;
        };
        foreach (var i in Enumerable.Range(0, 5))
        {
            engine.Ask("busy", $"b{i}", $"b{i}");
        }

        engine.Ask("quiet", "q0", "q0");
        await engine.StartAsync();
        await engine.SettleAsync();

        updates.Where(text => text[0] == 'b').ShouldBe(["b0", "b1", "b2", "b3", "b4"]);
        updates.IndexOf("q0").ShouldBeLessThan(2, "the quiet conversation does not wait for the busy one");
    }

    [Fact]
    public async Task With_many_before_it_a_question_is_told_that_the_bot_is_busy_and_is_answered_all_the_same()
    {
        using var gate = new SemaphoreSlim(0);
        await using var engine = new EngineHost(options => (options.Parallelism, options.BusyFrom) = (1, 1), new HeldChatClient(gate));
        var placeholders = new List<string>();
        engine.Platform.Before = what =>
        {
            lock (placeholders)
            {
                placeholders.Add(what);
            }

            return Task.CompletedTask;
        };
        await engine.StartAsync();
        await engine.AddDocumentAsync();
        foreach (var i in Enumerable.Range(0, 4))
        {
            engine.Ask($"c{i}", "m", "What does the harbour cost?");
        }

        await EngineHost.UntilAsync(() => placeholders.Count == 4);
        gate.Release(4);
        await engine.SettleAsync();

        placeholders.ShouldContain("post Busy");
        placeholders.ShouldContain("post Looking");
        Enumerable.Range(0, 4).ShouldAllBe(i => engine.Platform.See($"c{i}").Count == 1);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_an_error_message_with_the_trace_id()
    {
        using var gate = new SemaphoreSlim(0);
        await using var engine = new EngineHost(options => options.DeadlineSeconds = 1, new HeldChatClient(gate));
        await engine.StartAsync();
        await engine.AddDocumentAsync();

        engine.Ask("c", "m1", "What does the harbour cost?");
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldHaveSingleItem().ShouldStartWith("That took too long, so I stopped.");
    }

    [Fact]
    public async Task A_turn_that_the_process_did_not_survive_several_times_is_answered_with_its_trace_id()
    {
        await using var engine = new EngineHost();
        engine.Ask("c", "m1", "What?");
        var turn = engine.Store.GetOpenTurns().Single();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            engine.Store.TryLease(turn.Id, DateTimeOffset.MaxValue, DateTimeOffset.MinValue).ShouldNotBeNull();
            engine.Store.Begin(turn.Id);
        }

        await engine.StartAsync();
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldHaveSingleItem().ShouldContain(turn.Id.Value);
    }

    [Fact]
    public async Task A_turn_that_only_waited_while_others_took_the_process_down_is_answered()
    {
        await using var engine = new EngineHost();
        await engine.AddDocumentAsync();
        engine.Ask("c", "m1", "What does a berth in the harbour cost?");
        var turn = engine.Store.GetOpenTurns().Single();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            engine.Store.TryLease(turn.Id, DateTimeOffset.MaxValue, DateTimeOffset.MinValue).ShouldNotBeNull();
        }

        await engine.StartAsync();
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldHaveSingleItem().ShouldContain("40 crowns");
    }

    [Fact]
    public async Task What_waited_when_the_server_stopped_is_answered_after_the_next_start()
    {
        using var gate = new SemaphoreSlim(0);
        await using var engine = new EngineHost(chat: new HeldChatClient(gate));
        await engine.StartAsync();
        await engine.AddDocumentAsync();
        engine.Ask("c", "m1", "What does the harbour cost?");
        engine.Ask("c", "m2", "And what does it cost in winter?");
        await EngineHost.UntilAsync(() => engine.Platform.See("c").Count == 1);

        await engine.RestartAsync(start: false);
        engine.Store.GetOpenTurns().Count.ShouldBe(2);
        gate.Release(10);
        await engine.StartAsync();
        await engine.SettleAsync();

        engine.Platform.See("c").Count.ShouldBe(2, "the placeholder of before is used again");
    }

    [Fact]
    public async Task Only_what_everybody_who_sees_the_answer_may_read_is_in_it()
    {
        await using var engine = new EngineHost();
        await engine.StartAsync();
        await engine.AddDocumentAsync();
        engine.Platform.Readers = turn => Task.FromResult(new TurnReaders(UserIdentity.LocalStaff, turn.Conversation.ConversationId == "private" ? null
            : turn.Conversation.ConversationId == "staff" ? [UserIdentity.LocalStaff]
            : [UserIdentity.LocalStaff, UserIdentity.Public]));

        foreach (var conversation in new[] { "private", "staff", "mixed" })
        {
            engine.Ask(conversation, "m", "What does a berth in the harbour cost?");
        }

        await engine.SettleAsync();

        engine.Platform.See("private").ShouldHaveSingleItem().ShouldContain("40 crowns");
        engine.Platform.See("staff").ShouldHaveSingleItem().ShouldContain("40 crowns");
        engine.Platform.See("mixed").ShouldBe([Miss.Replace("you", "everybody here", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task A_stopped_answer_ends_without_a_message()
    {
        await using var engine = new EngineHost();
        engine.Platform.Stream = new ScriptedStream { StopsAtOnce = true };
        await engine.StartAsync();
        await engine.AddDocumentAsync();

        engine.Ask("c", "m1", "What does a berth in the harbour cost?");
        await engine.SettleAsync();

        engine.Platform.See("c").ShouldBe(["Looking"]);
        engine.Platform.Stream.Reported.ShouldNotBeEmpty();
    }
}
