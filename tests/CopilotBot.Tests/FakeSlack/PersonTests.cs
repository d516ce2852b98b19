using System.Net;
using System.Text;
using System.Text.Json;

namespace CopilotBot.Tests.FakeSlack;

public sealed class PersonTests
{
    private const string Feedback = """
        [{"type":"context_actions","block_id":"f","elements":[{"type":"feedback_buttons","action_id":"vote",
          "positive_button":{"text":{"type":"plain_text","text":"Good"},"value":"7 up"},"negative_button":{"text":{"type":"plain_text","text":"Bad"},"value":"7 down"}}]}]
        """;

    [Fact]
    public async Task A_reply_stays_in_the_thread_whichever_message_it_is_given_to()
    {
        await using var bench = await Bench.StartAsync();
        var parent = await bench.AskAsync();
        var answer = (await bench.PostAsync(bench.Channel, "x", parent)).Ts;

        var reply = await bench.Slack.As(bench.Bob).ReplyAsync(bench.Channel, answer, "And?", mention: false, Bench.Cancelled);

        (reply.ThreadTs, bench.Bot.Events[^1].GetProperty("thread_ts").GetString()).ShouldBe((parent, parent));
    }

    [Fact]
    public async Task An_edit_an_unfurl_and_a_deletion_come_as_changes()
    {
        await using var bench = await Bench.StartAsync();
        var ada = bench.Slack.As(bench.Ada);
        var ts = await bench.AskAsync(bench.Direct);

        await ada.EditAsync(bench.Direct, ts, "Bye", Bench.Cancelled);
        await ada.UnfurlAsync(bench.Direct, ts, Bench.Cancelled);
        await ada.DeleteAsync(bench.Direct, ts, Bench.Cancelled);

        var events = bench.Bot.Events.Skip(1).ToList();
        events.Select(inner => inner.GetProperty("subtype").GetString()).ShouldBe(["message_changed", "message_changed", "message_deleted"]);
        Texts(events[0]).ShouldBe(("Hello", "Bye"));
        Texts(events[1]).ShouldBe(("Bye", "Bye"));
        events[2].GetProperty("deleted_ts").GetString().ShouldBe(ts);
        events[0].GetProperty("message").TryGetProperty("edited", out _).ShouldBeTrue();
        bench.Slack.Messages(bench.Direct)[0].IsDeleted.ShouldBeTrue();

        static (string?, string?) Texts(JsonElement inner) => (inner.GetProperty("previous_message").GetProperty("text").GetString(), inner.GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_deleted_parent_with_replies_becomes_a_tombstone()
    {
        await using var bench = await Bench.StartAsync();
        var parent = await bench.AskAsync();
        await bench.PostAsync(bench.Channel, "answer", parent);

        await bench.Slack.As(bench.Ada).DeleteAsync(bench.Channel, parent, Bench.Cancelled);

        var inner = bench.Bot.Events[^1];
        (inner.GetProperty("subtype").GetString(), inner.GetProperty("message").GetProperty("subtype").GetString()).ShouldBe(("message_changed", "tombstone"));
        (await bench.PostAsync(bench.Channel, "more", parent)).IsOk.ShouldBeTrue();
        (await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", parent)))["messages"].GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task A_command_is_a_form_and_its_answer_is_seen_by_the_asker()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(BotStub.Answering(_ => HttpStatusCode.OK, """{"text":"I look","response_type":"ephemeral"}"""));

        await bench.Slack.As(bench.Ada).CommandAsync(bench.Channel, "/ask", "a & b", Bench.Cancelled);

        var request = bench.Bot.Last;
        (request.Path, request.Form("command"), request.Form("text"), request.Form("user_id"), request.Form("channel_id"), request.Form("is_enterprise_install"))
            .ShouldBe(("/slack/commands", "/ask", "a &amp; b", bench.Ada.Id, bench.Channel.Id, "false"));
        bench.Slack.Ephemerals(bench.Ada.Id).ShouldHaveSingleItem().Text.ShouldBe("I look");
        bench.Slack.Messages(bench.Channel).ShouldBeEmpty();
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_response_url_replaces_what_it_made_and_is_used_five_times()
    {
        await using var bench = await Bench.StartAsync();
        bench.Use(BotStub.Answering(_ => HttpStatusCode.OK, "I look", "text/plain"));
        await bench.Slack.As(bench.Ada).CommandAsync(bench.Channel, "/ask", "x", Bench.Cancelled);
        var url = bench.Bot.Last.Form("response_url");

        (await RespondAsync(bench, url, """{"replace_original":true,"text":"Found"}""")).Text.ShouldBe("ok");
        bench.Slack.Ephemerals(bench.Ada.Id).ShouldHaveSingleItem().Text.ShouldBe("Found");
        (await RespondAsync(bench, url, """{"response_type":"in_channel","text":"All"}""")).Code.ShouldBe(HttpStatusCode.OK);
        bench.Slack.Messages(bench.Channel).ShouldHaveSingleItem().Text.ShouldBe("All");
        (await RespondAsync(bench, url, """{"blocks":[{"type":"nothing"}],"text":"x"}""")).Text.ShouldBe("invalid_blocks");
        (await RespondAsync(bench, url, """{"delete_original":true}""")).Code.ShouldBe(HttpStatusCode.OK);
        bench.Slack.Ephemerals(bench.Ada.Id)[0].IsDeleted.ShouldBeTrue();
        (await RespondAsync(bench, url, """{"text":"5"}""")).Code.ShouldBe(HttpStatusCode.OK);
        var sixth = await RespondAsync(bench, url, """{"text":"6"}""");

        (sixth.Code, sixth.Text).ShouldBe((HttpStatusCode.NotFound, "used_url"));
        bench.Broken.ShouldBe(["block-type", "response-uses"]);
        bench.Slack.Calls[^1].Method.ShouldBe("response_url");
    }

    [Fact]
    public async Task A_response_url_lives_thirty_minutes()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Slack.As(bench.Ada).CommandAsync(bench.Channel, "/ask", "x", Bench.Cancelled);
        bench.Clock.Advance(TimeSpan.FromMinutes(30));

        (await RespondAsync(bench, bench.Bot.Last.Form("response_url"), """{"text":"x"}""")).Text.ShouldBe("expired_url");
        bench.Broken.ShouldBe(["response-late"]);
    }

    [Theory]
    [InlineData(true, "7 up")]
    [InlineData(false, "7 down")]
    public async Task A_vote_names_the_message_and_the_value(bool isUp, string value)
    {
        await using var bench = await Bench.StartAsync();
        var thread = await bench.AskAsync();
        await bench.CallAsync("chat.postMessage", new Dictionary<string, object?>(Bench.Post(bench.Channel, "x", thread)) { ["blocks"] = JsonElement.Parse(Feedback) });

        await bench.Slack.As(bench.Bob).VoteAsync(bench.Slack.Messages(bench.Channel)[^1], isUp, Bench.Cancelled);

        var payload = bench.Bot.Last.Payload;
        var action = payload.GetProperty("actions")[0];
        (bench.Bot.Last.Path, payload.GetProperty("type").GetString(), payload.GetProperty("user").GetProperty("id").GetString()).ShouldBe(("/slack/interactivity", "block_actions", bench.Bob.Id));
        (action.GetProperty("type").GetString(), action.GetProperty("action_id").GetString(), action.GetProperty("block_id").GetString(), action.GetProperty("value").GetString()).ShouldBe(("feedback_buttons", "vote", "f", value));
        payload.GetProperty("container").GetProperty("thread_ts").GetString().ShouldBe(thread);
        payload.GetProperty("message").GetProperty("text").GetString().ShouldBe("x");
    }

    [Fact]
    public async Task A_press_is_acknowledged_with_nothing()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostBlocksAsync(Feedback);
        bench.Use(BotStub.Answering(_ => HttpStatusCode.OK, "{}"));

        await bench.Slack.As(bench.Ada).PressAsync(bench.Slack.Messages(bench.Channel)[0], "vote", cancellationToken: Bench.Cancelled);

        bench.Broken.ShouldBe(["ack-body"]);
        await Should.ThrowAsync<ArgumentException>(bench.Slack.As(bench.Ada).PressAsync(bench.Slack.Messages(bench.Channel)[0], "other", cancellationToken: Bench.Cancelled));
    }

    [Fact]
    public async Task Shortcuts_of_a_message_bring_it_and_global_ones_no_channel()
    {
        await using var bench = await Bench.StartAsync();
        bench.Channel.HasBot = false;
        var said = await bench.Slack.As(bench.Bob).SayAsync(bench.Channel, "How?", mention: false, Bench.Cancelled);

        await bench.Slack.As(bench.Ada).ShortcutAsync("ask", bench.Channel, said.Ts, Bench.Cancelled);
        var onMessage = bench.Bot.Last.Payload;
        await bench.Slack.As(bench.Ada).ShortcutAsync("ask", Bench.Cancelled);
        var global = bench.Bot.Last.Payload;

        (onMessage.GetProperty("type").GetString(), onMessage.GetProperty("message").GetProperty("text").GetString(), onMessage.GetProperty("message_ts").GetString()).ShouldBe(("message_action", "How?", said.Ts));
        (global.GetProperty("type").GetString(), global.TryGetProperty("channel", out _), global.TryGetProperty("response_url", out _)).ShouldBe(("shortcut", false, false));
    }

    [Fact]
    public async Task Home_context_members_and_profiles_come_as_events()
    {
        await using var bench = await Bench.StartAsync();
        var ada = bench.Slack.As(bench.Ada);

        await ada.OpenHomeAsync("home", Bench.Cancelled);
        await ada.LookAtAsync(bench.Channel, Bench.Cancelled);
        await ada.LookAtAsync(null, Bench.Cancelled);
        await bench.Slack.SetMemberAsync(bench.Channel, bench.Bob, isMember: false, Bench.Cancelled);
        await bench.Slack.SetBotAsync(bench.Channel, isMember: false, Bench.Cancelled);
        await bench.Slack.ChangeUserAsync(bench.Ada with { IsDeleted = true }, Bench.Cancelled);

        bench.Bot.Events.Select(inner => inner.GetProperty("type").GetString())
            .ShouldBe(["app_home_opened", "app_context_changed", "app_context_changed", "member_left_channel", "member_left_channel", "user_change"]);
        bench.Bot.Events[1].GetProperty("context").GetProperty("entities")[0].GetProperty("value").GetString().ShouldBe(bench.Channel.Id);
        bench.Channel.Members.ShouldBe([bench.Ada]);
        (await bench.FormAsync("users.info", ("user", bench.Ada.Id)))["user"].GetProperty("deleted").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_from_elsewhere_is_marked_in_a_shared_channel()
    {
        await using var bench = await Bench.StartAsync();
        var eve = bench.Slack.AddUser(bench.Slack.AddWorkspace("Elsewhere"), "Eve");
        var shared = bench.Slack.AddChannel(bench.Slack.Workspace, "shared", [bench.Ada, eve], isExtShared: true);

        await bench.Slack.As(eve).SayAsync(shared, "Hello", cancellationToken: Bench.Cancelled);

        var envelope = bench.Bot.Last.Json;
        (envelope.GetProperty("is_ext_shared_channel").GetBoolean(), envelope.GetProperty("event").GetProperty("user_team").GetString(), envelope.GetProperty("authorizations")[0].GetProperty("team_id").GetString())
            .ShouldBe((true, eve.TeamId, bench.Slack.Workspace.TeamId));
    }

    private static Task<Bench.Reply> RespondAsync(Bench bench, string url, string json) => bench.SendAsync(url, new StringContent(json, Encoding.UTF8, "application/json"), null);
}
