using System.Text.Json;

namespace CopilotBot.Tests.FakeSlack;

public sealed class MessageTests
{
    [Fact]
    public async Task A_post_is_shown_and_answered_with_its_ts()
    {
        await using var bench = await Bench.StartAsync();

        var first = await bench.PostAsync(bench.Channel, "Hello");
        var second = await bench.FormAsync("chat.postMessage", ("channel", bench.Channel.Id), ("markdown_text", "**Hi**"), ("unfurl_links", "false"), ("unfurl_media", "false"));

        (first.IsOk, second.IsOk).ShouldBe((true, true));
        bench.Slack.Messages(bench.Channel).Select(message => (message.Ts, message.Text, message.AuthorIsBot)).ShouldBe([(first.Ts, "Hello", true), (second.Ts, "**Hi**", true)]);
        first.Ts.ShouldMatch(@"^\d{10}\.\d{6}$");
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_reads_as_its_blocks_do()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostBlocksAsync("""
            [
              {"type":"header","text":{"type":"plain_text","text":"Head"}},
              {"type":"markdown","text":"See [1](https://x.test)."},
              {"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","elements":[
                {"type":"rich_text_section","elements":[{"type":"link","url":"https://x.test","text":"VPN"},{"type":"text","text":" OPS"}]}]}]},
              {"type":"table","rows":[[{"type":"raw_text","text":"a"},{"type":"raw_text","text":"b"}]]},
              {"type":"context","elements":[{"type":"mrkdwn","text":"Made by a machine"}]},
              {"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"vote",
                "positive_button":{"text":{"type":"plain_text","text":"Good"},"value":"up"},"negative_button":{"text":{"type":"plain_text","text":"Bad"},"value":"down"}}]}
            ]
            """);

        var message = bench.Slack.Messages(bench.Channel).ShouldHaveSingleItem();
        message.Text.ShouldBe("Head\nSee [1](https://x.test).\n1. VPN OPS\na | b\nMade by a machine");
        message.BodyText.ShouldBe("See [1](https://x.test).");
        message.Buttons.Select(button => (button.ActionId, button.Text, button.Value)).ShouldBe([("vote", "Good", "up"), ("vote", "Bad", "down")]);
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_post_lacks_is_recorded()
    {
        await using var bench = await Bench.StartAsync();
        var id = bench.Channel.Id;

        (await bench.CallAsync("chat.postMessage", new { channel = id, text = "x" })).IsOk.ShouldBeTrue();
        (await bench.CallAsync("chat.postMessage", new { channel = id, text = "x", unfurl_links = false })).IsOk.ShouldBeTrue();
        (await bench.PostBlocksAsync("""[{"type":"divider"}]""", "")).IsOk.ShouldBeTrue();
        (await bench.PostAsync(bench.Channel, "")).Error.ShouldBe("no_text");

        bench.Broken.ShouldBe(["unfurl", "unfurl", "text-missing", "no-text"]);
    }

    [Theory]
    [InlineData("<!here> look", "mention")]
    [InlineData("<@U12345678> look", "mention")]
    [InlineData("<#C1|x>", "mention")]
    [InlineData("<!subteam^S1>", "mention")]
    [InlineData("&lt;!here&gt; a < b <https://x.test|x>", "")]
    public async Task Text_that_calls_people_is_recorded(string text, string rule)
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync(bench.Channel, text);
        await bench.PostBlocksAsync($$$"""[{"type":"markdown","text":"{{{text}}}"},{"type":"header","text":{"type":"plain_text","text":"<!here>"}}]""");

        bench.Broken.ShouldBe(rule.Length == 0 ? [] : [rule, rule]);
    }

    [Fact]
    public async Task A_mention_that_is_expected_is_none()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.AllowedMentions.Add(bench.Ada.Id);

        await bench.PostAsync(bench.Channel, $"<@{bench.Ada.Id}> and <@{bench.Bob.Id}>");

        bench.Broken.ShouldBe(["mention"]);
    }

    [Fact]
    public async Task Markdown_excludes_text_and_metadata_is_flat()
    {
        await using var bench = await Bench.StartAsync();
        var arguments = Bench.Post(bench.Channel, "x");

        (await bench.CallAsync("chat.postMessage", new Dictionary<string, object?>(arguments) { ["markdown_text"] = "x" })).Error.ShouldBe("markdown_text_conflict");
        (await bench.CallAsync("chat.postMessage", new Dictionary<string, object?>(arguments) { ["metadata"] = new { event_type = "a" } })).Error.ShouldBe("invalid_metadata_format");
        (await bench.CallAsync("chat.postMessage", new Dictionary<string, object?>(arguments) { ["metadata"] = new { event_type = "a", event_payload = new { id = "1" } } })).IsOk.ShouldBeTrue();

        bench.Slack.Messages(bench.Channel)[0].Metadata!.Value.GetProperty("event_payload").GetProperty("id").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task A_reply_names_the_parent_and_nothing_else()
    {
        await using var bench = await Bench.StartAsync();
        var parent = await bench.AskAsync();

        var reply = await bench.PostAsync(bench.Channel, "one", parent);
        (await bench.PostAsync(bench.Channel, "two", reply.Ts)).Error.ShouldBe("cannot_reply_to_message");
        (await bench.PostAsync(bench.Channel, "three", "1.000100")).Error.ShouldBe("cannot_reply_to_message");

        bench.Slack.Messages(bench.Channel, parent).Select(message => message.Text).Last().ShouldBe("one");
        bench.Broken.ShouldBe(["thread-ts", "thread-unknown"]);
    }

    [Fact]
    public async Task The_bot_writes_only_where_it_is()
    {
        await using var bench = await Bench.StartAsync();
        var closed = bench.Slack.AddChannel(bench.Slack.Workspace, "closed", [bench.Ada], isPrivate: true);
        closed.HasBot = false;
        bench.Channel.HasBot = false;

        (await bench.PostAsync(closed, "x")).Error.ShouldBe("channel_not_found");
        (await bench.PostAsync(bench.Channel, "x")).Error.ShouldBe("not_in_channel");
        bench.Channel.HasBot = bench.Channel.IsArchived = true;
        (await bench.PostAsync(bench.Channel, "x")).Error.ShouldBe("is_archived");
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Own_messages_are_updated_and_deleted_and_others_are_not()
    {
        await using var bench = await Bench.StartAsync();
        var foreign = await bench.AskAsync();
        var own = (await bench.PostAsync(bench.Channel, "one", foreign)).Ts;
        var id = bench.Channel.Id;

        (await bench.CallAsync("chat.update", new { channel = id, ts = own, text = "two" })).IsOk.ShouldBeTrue();
        (await bench.CallAsync("chat.update", new { channel = id, ts = foreign, text = "two" })).Error.ShouldBe("cant_update_message");
        (await bench.CallAsync("chat.update", new { channel = id, ts = "1.000100", text = "two" })).Error.ShouldBe("message_not_found");
        bench.Slack.Messages(bench.Channel)[1].ShouldSatisfyAllConditions(message => message.Text.ShouldBe("two"), message => message.Versions.Count.ShouldBe(2));
        (await bench.CallAsync("chat.delete", new { channel = id, ts = foreign })).Error.ShouldBe("cant_delete_message");
        (await bench.CallAsync("chat.delete", new { channel = id, ts = own })).IsOk.ShouldBeTrue();

        bench.Slack.Messages(bench.Channel)[1].ShouldSatisfyAllConditions(message => message.IsDeleted.ShouldBeTrue(), message => message.Text.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_message_takes_an_update_every_three_seconds()
    {
        await using var bench = await Bench.StartAsync();
        var ts = (await bench.PostAsync(bench.Channel, "0")).Ts;
        var update = new { channel = bench.Channel.Id, ts, text = "1" };

        (await bench.CallAsync("chat.update", update)).IsOk.ShouldBeTrue();
        var early = await bench.CallAsync("chat.update", update);
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        var late = await bench.CallAsync("chat.update", update);

        ((int)early.Code, early.RetryAfter, late.IsOk).ShouldBe((429, TimeSpan.FromSeconds(3), true));
        bench.Broken.ShouldBe(["update-spacing"]);
    }

    [Fact]
    public async Task An_update_takes_no_long_text_and_keeps_metadata_until_it_is_emptied()
    {
        await using var bench = await Bench.StartAsync();
        var posted = await bench.CallAsync("chat.postMessage", new Dictionary<string, object?>(Bench.Post(bench.Channel, "x")) { ["metadata"] = new { event_type = "a", event_payload = new { } } });

        (await bench.CallAsync("chat.update", new { channel = bench.Channel.Id, ts = posted.Ts, text = new string('x', 4001) })).Error.ShouldBe("msg_too_long");
        await bench.CallAsync("chat.update", new { channel = bench.Channel.Id, ts = posted.Ts, text = "y" });
        bench.Slack.Messages(bench.Channel)[0].Metadata.ShouldNotBeNull();
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        await bench.CallAsync("chat.update", new { channel = bench.Channel.Id, ts = posted.Ts, text = "z", metadata = new { } });

        bench.Slack.Messages(bench.Channel)[0].Metadata.ShouldBeNull();
    }

    [Fact]
    public async Task An_ephemeral_message_is_seen_by_one_member_and_in_a_thread_only_once_it_has_replies()
    {
        await using var bench = await Bench.StartAsync();
        var stranger = bench.Slack.AddUser("Eve");
        var parent = await bench.AskAsync();
        var (id, ada) = (bench.Channel.Id, bench.Ada.Id);

        (await bench.CallAsync("chat.postEphemeral", new { channel = id, user = ada, text = "psst" })).IsOk.ShouldBeTrue();
        (await bench.CallAsync("chat.postEphemeral", new { channel = id, user = stranger.Id, text = "psst" })).Error.ShouldBe("user_not_in_channel");
        (await bench.CallAsync("chat.postEphemeral", new { channel = id, user = ada, text = "lost", thread_ts = parent })).IsOk.ShouldBeTrue();

        bench.Slack.Ephemerals(ada).Select(message => message.Text).ShouldBe(["psst"]);
        bench.Slack.Messages(bench.Channel).Count.ShouldBe(1);
        bench.Broken.ShouldBe(["ephemeral-thread"]);
    }

    [Fact]
    public async Task Reactions_need_their_scope_and_come_once()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await bench.AskAsync();
        var arguments = new { channel = bench.Channel.Id, name = "eyes", timestamp = ts };

        var refused = await bench.CallAsync("reactions.add", arguments);
        bench.Slack.Workspace.Install.Scopes.Add("reactions:write");
        (await bench.CallAsync("reactions.add", arguments)).IsOk.ShouldBeTrue();
        (await bench.CallAsync("reactions.add", arguments)).Error.ShouldBe("already_reacted");
        bench.Slack.Messages(bench.Channel)[0].Reactions.ShouldBe(["eyes"]);
        (await bench.CallAsync("reactions.remove", arguments)).IsOk.ShouldBeTrue();
        (await bench.CallAsync("reactions.remove", arguments)).Error.ShouldBe("no_reaction");

        (refused.Error, refused["needed"].GetString()).ShouldBe(("missing_scope", "reactions:write"));
    }

    [Fact]
    public async Task A_permalink_names_the_message()
    {
        await using var bench = await Bench.StartAsync();
        var ts = await bench.AskAsync();

        (await bench.FormAsync("chat.getPermalink", ("channel", bench.Channel.Id), ("message_ts", ts)))["permalink"].GetString()!.ShouldContain(ts.Replace(".", "", StringComparison.Ordinal));
        (await bench.FormAsync("chat.getPermalink", ("channel", bench.Channel.Id), ("message_ts", "1.0"))).Error.ShouldBe("message_not_found");
    }

    [Fact]
    public async Task Blocks_come_back_as_they_were_sent()
    {
        await using var bench = await Bench.StartAsync();

        var posted = await bench.PostBlocksAsync("""[{"type":"divider","block_id":"d"}]""");

        posted["message"].GetProperty("blocks")[0].GetProperty("block_id").GetString().ShouldBe("d");
        bench.Slack.Messages(bench.Channel)[0].Blocks[0].ValueKind.ShouldBe(JsonValueKind.Object);
    }
}
