using System.Text.Json.Nodes;

namespace CopilotBot.Tests.FakeTeams;

public sealed class PersonTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_personal_message_has_the_envelope_of_Teams()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();

        await bench.ClientOf(bot).As(bench.Ada).SayAsync("Hello", Cancelled);

        bot.Last.ToString().ShouldBe(
            $$$"""
            {"type":"message","id":"{{{bench.Connector.Messages(bench.Chat)[0].Id}}}","timestamp":"2026-11-24T09:00:00.000Z","localTimestamp":"2026-11-24T09:00:00.000\u002B00:00","localTimezone":"Etc/UTC",
            "serviceUrl":"{{{bench.Connector.ServiceUrl}}}","channelId":"msteams",
            "from":{"id":"{{{bench.Ada.Id}}}","name":"Ada Lovelace","aadObjectId":"{{{bench.Ada.AadObjectId}}}"},"recipient":{"id":"{{{bench.Connector.BotId}}}","name":"Copilot"},
            "conversation":{"id":"{{{bench.Chat.Id}}}","conversationType":"personal","tenantId":"{{{bench.Connector.TenantId}}}"},"channelData":{"tenant":{"id":"{{{bench.Connector.TenantId}}}"}},
            "locale":"en-US","entities":[{"type":"clientInfo","locale":"en-US","country":"US","platform":"Web","timezone":"Etc/UTC"}],"text":"Hello","textFormat":"plain"}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_group_message_mentions_the_bot_and_keeps_other_mentions()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();

        await bench.ClientOf(bot).As(bench.Ada).SayAsync(bench.Group, "ask <at>Bob</at>", cancellationToken: Cancelled);

        bot.Last.GetProperty("text").GetString().ShouldBe("<at>Copilot</at> ask <at>Bob</at>");
        bot.Last.GetProperty("entities").EnumerateArray().Where(entity => entity.GetProperty("type").GetString() == "mention")
            .Select(entity => entity.GetProperty("mentioned").GetProperty("id").GetString()).ShouldBe([bench.Bob.Id, bench.Connector.BotId], ignoreOrder: true);
        bot.Last.GetProperty("conversation").GetProperty("isGroup").GetBoolean().ShouldBeTrue();
        bot.Last.GetProperty("attachments")[0].GetProperty("contentType").GetString().ShouldBe("text/html");
    }

    [Fact]
    public async Task A_channel_post_comes_from_its_own_thread_and_replies_stay_there()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var client = bench.ClientOf(bot);

        var post = await client.As(bench.Ada).SayAsync(bench.Team.General, "Who knows?", isMention: false, Cancelled);
        var reply = await client.As(bench.Bob).ReplyAsync(post.ActivityId, "You do", cancellationToken: Cancelled);

        post.ConversationId.ShouldBe($"{bench.Team.Id};messageid={post.ActivityId}");
        reply.ConversationId.ShouldBe(post.ConversationId);
        bot.Activities[0].GetProperty("text").GetString().ShouldBe("Who knows?");
        bot.Last.GetProperty("channelData").GetProperty("team").GetProperty("id").GetString().ShouldBe(bench.Team.Id);
        bench.Connector.Messages(post.ConversationId).Select(message => message.Text).ShouldBe(["Who knows?", "<at>Copilot</at> You do"]);
    }

    [Fact]
    public async Task Edits_deletions_and_undeletions_keep_the_id_and_have_their_own_time()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var ada = bench.ClientOf(bot).As(bench.Ada);
        var said = await ada.SayAsync("One", Cancelled);
        bench.Clock.Advance(TimeSpan.FromSeconds(5));

        await ada.EditAsync(said.ActivityId, "Two", Cancelled);
        await ada.DeleteAsync(said.ActivityId, Cancelled);
        bench.Connector.Messages(bench.Chat)[0].IsDeleted.ShouldBeTrue();
        await ada.UndeleteAsync(said.ActivityId, Cancelled);

        bot.Activities.Select(activity => activity.GetProperty("id").GetString()).Distinct().ShouldHaveSingleItem();
        bot.Activities.Skip(1).Select(activity => $"{activity.GetProperty("type")} {activity.GetProperty("channelData").GetProperty("eventType")}")
            .ShouldBe(["messageUpdate editMessage", "messageDelete softDeleteMessage", "messageUpdate undeleteMessage"]);
        bot.Activities[1].GetProperty("timestamp").GetString().ShouldBe("2026-11-24T09:00:05.000Z");
        bot.Activities[2].TryGetProperty("text", out _).ShouldBeFalse();
        bench.Connector.Messages(bench.Chat)[0].Text.ShouldBe("Two");
        await Should.ThrowAsync<InvalidOperationException>(() => bench.ClientOf(bot).As(bench.Bob).EditAsync(said.ActivityId, "Mine", Cancelled));
    }

    [Fact]
    public async Task Installing_sends_two_activities_and_the_personal_one_names_both()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var eve = bench.Connector.AddUser("Eve", hasApp: false);

        await bench.ClientOf(bot).As(eve).InstallAsync(cancellationToken: Cancelled);

        bot.Activities.Select(activity => activity.GetProperty("type").GetString()).ShouldBe(["installationUpdate", "conversationUpdate"], ignoreOrder: true);
        bot.Activities.Single(activity => activity.TryGetProperty("membersAdded", out _)).GetProperty("membersAdded").EnumerateArray()
            .Select(member => member.GetProperty("id").GetString()).ShouldBe([eve.Id, bench.Connector.BotId]);
        bot.Last.GetProperty("from").TryGetProperty("name", out _).ShouldBeFalse();
        (await bench.PostAsync(bench.Connector.AddPersonalChat(eve), new { type = "message", text = "Welcome" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Uninstalling_ends_the_right_to_write()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var ada = bench.ClientOf(bot).As(bench.Ada);

        await ada.UninstallAsync(cancellationToken: Cancelled);
        await ada.UninstallAsync(bench.Group, Cancelled);

        bot.Activities[0].GetProperty("action").GetString().ShouldBe("remove");
        bot.Activities.Count(activity => activity.TryGetProperty("membersRemoved", out _)).ShouldBe(1);
        (await bench.PostAsync(bench.Chat, new { type = "message", text = "x" })).Status.ShouldBe(403);
        (await bench.PostAsync(bench.Group, new { type = "message", text = "x" })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Members_come_and_go()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var ada = bench.ClientOf(bot).As(bench.Ada);
        var eve = bench.Connector.AddUser("Eve", role: "guest", hasAadObjectId: false);

        await ada.AddMemberAsync(bench.Group, eve, Cancelled);
        bench.Group.Members.Count.ShouldBe(3);
        await ada.RemoveMemberAsync(bench.Group, eve, Cancelled);

        bench.Group.Members.Count.ShouldBe(2);
        bot.Last.GetProperty("membersRemoved")[0].GetProperty("id").GetString().ShouldBe(eve.Id);
    }

    [Fact]
    public async Task A_reaction_points_to_its_message()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var sent = await bench.PostAsync(bench.Chat, new { type = "message", text = "x" });

        await bench.ClientOf(bot).As(bench.Ada).ReactAsync(sent.Id, "heart", cancellationToken: Cancelled);

        (bot.Last.GetProperty("replyToId").GetString(), bot.Last.GetProperty("reactionsAdded")[0].GetProperty("type").GetString()).ShouldBe((sent.Id, "heart"));
    }

    [Fact]
    public async Task A_card_is_pressed_by_what_it_shows()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Answering(_ => System.Net.HttpStatusCode.OK, """{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Done"}""");
        var ada = bench.ClientOf(bot).As(bench.Ada);
        var card = await bench.PostAsync(bench.Chat, Card("""
            {"type":"Action.Execute","title":"Open","verb":"open","data":{"ticket":1},"fallback":{"type":"Action.Submit","title":"Open","data":{"verb":"open","ticket":1}}}
            """));

        await ada.PressAsync(card.Id, "open", new JsonObject { ["note"] = "now" }, Cancelled);
        await ada.SubmitAsync(card.Id, "Open", new JsonObject { ["note"] = "now" }, Cancelled);

        bot.Activities[0].GetProperty("value").ToString().ShouldBe("""{"action":{"type":"Action.Execute","verb":"open","data":{"ticket":1,"note":"now"},"title":"Open"},"trigger":"manual"}""");
        bot.Activities.Select(activity => activity.GetProperty("replyToId").GetString()).ShouldBe([card.Id, card.Id]);
        bot.Last.GetProperty("value").ToString().ShouldBe("""{"verb":"open","ticket":1,"note":"now"}""");
        bot.Last.TryGetProperty("text", out _).ShouldBeFalse();
        bench.Broken.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => ada.PressAsync(card.Id, "close", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_submit_that_asks_for_a_dialog_fetches_it()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Answering(_ => System.Net.HttpStatusCode.OK, """{"task":{"type":"message","value":"Hi"}}""");
        var ada = bench.ClientOf(bot).As(bench.Ada);
        var card = await bench.PostAsync(bench.Chat, Card("""{"type":"Action.Submit","title":"Ask","data":{"msteams":{"type":"task/fetch"}}}"""));

        await ada.SubmitAsync(card.Id, "Ask", cancellationToken: Cancelled);
        await ada.SubmitTaskAsync(bench.Chat, new JsonObject { ["answer"] = "42" }, cancellationToken: Cancelled);

        bot.Activities.Select(activity => activity.GetProperty("name").GetString()).ShouldBe(["task/fetch", "task/submit"]);
        bot.Last.GetProperty("value").GetProperty("data").GetProperty("answer").GetString().ShouldBe("42");
    }

    [Fact]
    public async Task Feedback_comes_as_JSON_text_from_Teams_and_raw_from_the_Playground()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Answering(_ => System.Net.HttpStatusCode.OK);
        var ada = bench.ClientOf(bot).As(bench.Ada);
        var answer = await bench.PostAsync(bench.Chat, new { type = "message", text = "x", channelData = new { feedbackLoop = new { type = "default" } } });
        var plain = await bench.PostAsync(bench.Chat, new { type = "message", text = "y" });

        await ada.RateAsync(answer.Id, "like", "very good", cancellationToken: Cancelled);
        await ada.RateAsync(answer.Id, "dislike", "no", isRaw: true, Cancelled);

        bot.Activities.Select(activity => activity.GetProperty("value").GetProperty("actionValue").GetProperty("feedback").GetString()).ShouldBe(["""{"feedbackText":"very good"}""", "no"]);
        bot.Activities[0].GetProperty("replyToId").GetString().ShouldBe(answer.Id);
        bot.Last.TryGetProperty("replyToId", out _).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => ada.RateAsync(plain.Id, "like", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_custom_feedback_form_is_fetched_in_either_shape_and_sent()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Answering(number => number == 3 ? System.Net.HttpStatusCode.Forbidden : System.Net.HttpStatusCode.OK, """{"task":{"type":"message","value":"Hi"}}""");
        var ada = bench.ClientOf(bot).As(bench.Ada);
        var answer = await bench.PostAsync(bench.Chat, new { type = "message", text = "x", channelData = new { feedbackLoop = new { type = "custom" } } });

        await ada.FetchFeedbackFormAsync(answer.Id, "dislike", cancellationToken: Cancelled);
        await ada.FetchFeedbackFormAsync(answer.Id, "dislike", isNested: true, Cancelled);
        await ada.SubmitFeedbackFormAsync(answer.Id, "dislike", new JsonObject { ["reason"] = "old" }, Cancelled);

        bot.Activities[0].GetProperty("value").ToString().ShouldBe("""{"actionName":"feedback","actionValue":{"reaction":"dislike"}}""");
        bot.Activities[1].GetProperty("value").ToString().ShouldBe("""{"data":{"actionName":"feedback","actionValue":{"reaction":"dislike"}}}""");
        bot.Last.GetProperty("value").GetProperty("actionValue").GetProperty("feedback").GetString().ShouldBe("""{"reason":"old"}""");
    }

    [Fact]
    public async Task A_search_starts_with_its_first_run()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Answering(_ => System.Net.HttpStatusCode.OK, """{"composeExtension":{"type":"result","attachmentLayout":"list","attachments":[]}}""");
        var ada = bench.ClientOf(bot).As(bench.Ada);

        await ada.SearchAsync(bench.Group, "search", "query", null, cancellationToken: Cancelled);
        await ada.SearchAsync(bench.Group, "search", "query", "vpn", skip: 25, cancellationToken: Cancelled);

        bot.Activities[0].GetProperty("value").GetProperty("parameters").ToString().ShouldBe("""[{"name":"initialRun","value":"true"}]""");
        bot.Last.GetProperty("value").ToString().ShouldBe("""{"commandId":"search","parameters":[{"name":"query","value":"vpn"}],"queryOptions":{"skip":25,"count":25}}""");
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_come_along_and_an_activity_can_be_bent()
    {
        await using var bench = await Bench.StartAsync();
        using var bot = BotStub.Accepting();
        var ada = bench.ClientOf(bot).As(bench.Ada);
        ada.Shape = activity => activity["from"]!.AsObject().Remove("aadObjectId");

        await ada.AttachAsync("Read this", new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.teams.file.download.info" }), Cancelled);

        bot.Last.GetProperty("from").TryGetProperty("aadObjectId", out _).ShouldBeFalse();
        bot.Last.GetProperty("attachments").GetArrayLength().ShouldBe(1);
    }

    private static string Card(string action) =>
        $$$"""{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","version":"1.5","actions":[{{{action}}}]}}]}""";
}
