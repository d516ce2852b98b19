using CopilotBot.FakeTeams;

namespace CopilotBot.Tests.FakeTeams;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_message_is_sent_edited_and_deleted()
    {
        await using var bench = await Bench.StartAsync();

        var sent = await bench.PostAsync(bench.Chat, Text("One"));
        var edited = await bench.PutAsync(bench.Chat, sent.Id, Text("Two"));
        var deleted = await bench.DeleteAsync(bench.Chat, sent.Id);

        (sent.Status, edited.Status, edited.Id, deleted.Status).ShouldBe((201, 200, sent.Id, 200));
        var shown = bench.Connector.Messages(bench.Chat).ShouldHaveSingleItem();
        (shown.Text, shown.IsDeleted, shown.AuthorIsBot, shown.Versions.Count).ShouldBe(("Two", true, true, 2));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_goes_to_the_conversation_that_its_path_names()
    {
        await using var bench = await Bench.StartAsync();
        var sent = await bench.PostAsync(bench.Team.General, Text("Post"));

        var inThread = await bench.CallAsync("POST", $"v3/conversations/{Bench.Escape($"{bench.Team.Id};messageid={sent.Id}")}/activities/{sent.Id}", Text("Reply"));
        var inChannel = await bench.CallAsync("POST", $"v3/conversations/{Bench.Escape(bench.Team.Id)}/activities/{sent.Id}", Text("A post of its own"));

        (inThread.Status, inChannel.Status).ShouldBe((201, 201));
        bench.Connector.Messages($"{bench.Team.Id};messageid={sent.Id}").Select(message => message.Text).ShouldBe(["Post", "Reply"]);
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ids_are_milliseconds_and_never_the_same()
    {
        await using var bench = await Bench.StartAsync();

        var one = await bench.PostAsync(bench.Chat, Text("One"));
        var two = await bench.PostAsync(bench.Group, Text("Two"));

        long.Parse(two.Id, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(long.Parse(one.Id, System.Globalization.CultureInfo.InvariantCulture) + 1);
        one.Id.ShouldBe("1795510800000");
    }

    [Fact]
    public async Task Typing_is_taken_and_shows_no_message()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PostAsync(bench.Group, new { type = "typing" })).Status.ShouldBe(202);

        bench.Connector.Messages(bench.Group).ShouldBeEmpty();
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_conversation_is_not_found()
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.CallAsync("POST", "v3/conversations/a%3Anowhere/activities", Text("x"));

        (reply.Status, reply.Error).ShouldBe((404, "ConversationNotFound"));
        bench.Broken.ShouldBe(["conversation-unknown"]);
    }

    [Fact]
    public async Task Unknown_and_foreign_messages_are_not_changed()
    {
        await using var bench = await Bench.StartAsync();
        var asked = await bench.ClientOf(BotStub.Accepting()).As(bench.Ada).SayAsync("Hello", TestContext.Current.CancellationToken);

        var statuses = new[]
        {
            (await bench.PutAsync(bench.Chat, "17", Text("x"))).Status,
            (await bench.DeleteAsync(bench.Chat, "17")).Status,
            (await bench.PutAsync(bench.Chat, asked.ActivityId, Text("x"))).Status,
            (await bench.DeleteAsync(bench.Chat, asked.ActivityId)).Status,
        };

        statuses.ShouldBe([404, 404, 403, 403]);
        bench.Broken.ShouldBe(["activity-unknown", "activity-unknown", "activity-foreign", "activity-foreign"]);
    }

    [Fact]
    public async Task A_channel_post_starts_a_thread_and_a_reply_stays_in_it()
    {
        await using var bench = await Bench.StartAsync();
        var channel = bench.Connector.AddChannel(bench.Team, "Releases");
        var root = await bench.PostAsync(channel, Text("Post"));
        var thread = bench.Connector.FindConversation($"{channel.Id};messageid={root.Id}").ShouldNotBeNull();

        await bench.PostAsync(thread, Text("Reply"));
        await bench.PostAsync(channel, Text("Another post"));

        bench.Connector.Messages(thread).Select(message => message.Text).ShouldBe(["Post", "Reply"]);
        bench.Connector.Messages(channel).Count.ShouldBe(3);
        bench.Connector.FindConversation($"{channel.Id};messageid=17").ShouldBeNull();
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task State_of_the_world_refuses_without_blame()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.SetInstalled(bench.Chat, false);
        bench.Connector.SetInstalled(bench.Group, false);
        bench.Connector.Block(bench.Team.General);

        var errors = new[]
        {
            (await bench.PostAsync(bench.Chat, Text("x"))).Error,
            (await bench.PostAsync(bench.Group, Text("x"))).Error,
            (await bench.PostAsync(bench.Team.General, Text("x"))).Error,
        };

        errors.ShouldBe(["ForbiddenOperationException", "BotNotInConversationRoster", "MessageWritesBlocked"]);
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_call_after_a_refusal_is_a_violation_until_the_person_writes_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Block(bench.Chat);
        await bench.PostAsync(bench.Chat, Text("x"));

        await bench.ClientOf(BotStub.Accepting()).As(bench.Ada).SayAsync("Hello", TestContext.Current.CancellationToken);
        await bench.PostAsync(bench.Chat, Text("x"));
        bench.Broken.ShouldBeEmpty();
        await bench.PostAsync(bench.Chat, Text("x"));

        bench.Broken.ShouldBe(["retry-refused"]);
    }

    [Fact]
    public async Task A_personal_chat_is_created_once()
    {
        await using var bench = await Bench.StartAsync();
        var body = new { isGroup = false, members = new[] { new { id = bench.Bob.Id } }, tenantId = bench.Connector.TenantId };

        var one = await bench.CallAsync("POST", "v3/conversations", body);
        var two = await bench.CallAsync("POST", "v3/conversations", body);

        (one.Status, two.Status, two.Id).ShouldBe((201, 201, one.Id));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_personal_chat_needs_the_app_to_be_installed()
    {
        await using var bench = await Bench.StartAsync();
        var stranger = bench.Connector.AddUser("Eve", hasApp: false);

        var reply = await bench.CallAsync("POST", "v3/conversations", new { isGroup = false, members = new[] { new { id = stranger.Id } }, tenantId = bench.Connector.TenantId });

        (reply.Status, reply.Error).ShouldBe((403, "ForbiddenOperationException"));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_channel_post_is_created_with_its_thread()
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.CallAsync("POST", "v3/conversations", new { isGroup = true, channelData = new { channel = new { id = bench.Team.Id } }, activity = Text("News"), tenantId = bench.Connector.TenantId });

        var activityId = reply.Body.GetProperty("activityId").GetString();
        (reply.Status, reply.Id).ShouldBe((201, $"{bench.Team.Id};messageid={activityId}"));
        bench.Connector.Messages(reply.Id).ShouldHaveSingleItem().Text.ShouldBe("News");
        bench.Broken.ShouldBeEmpty();
    }

    /// <summary>Rule, body; {tenant}, {team} and {ada} are ids.</summary>
    public static TheoryData<string, string> CreationBreaches => new()
    {
        { "create-group", """{"isGroup":true,"members":[{"id":"{ada}"}],"tenantId":"{tenant}"}""" },
        { "create-members", """{"isGroup":false,"members":[{"id":"{ada}"},{"id":"29:b"}],"tenantId":"{tenant}"}""" },
        { "create-members", """{"isGroup":false,"members":[{"id":"29:nobody"}],"tenantId":"{tenant}"}""" },
        { "create-tenant", """{"isGroup":false,"members":[{"id":"{ada}"}]}""" },
        { "create-post", """{"isGroup":true,"channelData":{"channel":{"id":"{team}"}},"tenantId":"{tenant}"}""" },
        { "message-empty", """{"isGroup":true,"channelData":{"channel":{"id":"{team}"}},"activity":{"type":"message"},"tenantId":"{tenant}"}""" },
    };

    [Theory]
    [MemberData(nameof(CreationBreaches))]
    public async Task A_wrong_creation_is_refused(string rule, string body)
    {
        await using var bench = await Bench.StartAsync();
        var filled = body.Replace("{ada}", bench.Ada.Id, StringComparison.Ordinal).Replace("{tenant}", bench.Connector.TenantId, StringComparison.Ordinal)
            .Replace("{team}", bench.Team.Id, StringComparison.Ordinal);

        (await bench.CallAsync("POST", "v3/conversations", filled)).Status.ShouldBe(400);

        bench.Broken.ShouldBe([rule]);
    }

    [Fact]
    public async Task Members_are_told_one_by_one_and_in_pages()
    {
        await using var bench = await Bench.StartAsync();
        var path = $"v3/conversations/{Bench.Escape(bench.Group.Id)}";

        var one = await bench.GetAsync($"{path}/members/{Bench.Escape(bench.Bob.Id)}");
        var first = await bench.GetAsync($"{path}/pagedmembers?pageSize=1");
        var second = await bench.GetAsync($"{path}/pagedmembers?pageSize=1&continuationToken={first.Body.GetProperty("continuationToken").GetString()}");
        var nobody = await bench.GetAsync($"{path}/members/29%3Anobody");

        one.Body.GetProperty("aadObjectId").GetString().ShouldBe(bench.Bob.AadObjectId);
        first.Body.GetProperty("members")[0].GetProperty("name").GetString().ShouldBe("Ada Lovelace");
        second.Body.GetProperty("members")[0].GetProperty("userRole").GetString().ShouldBe("user");
        second.Body.TryGetProperty("continuationToken", out _).ShouldBeFalse();
        (nobody.Status, nobody.Error).ShouldBe((404, "MemberNotFoundInConversation"));
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_old_member_list_names_the_object_id_otherwise_and_is_throttled()
    {
        await using var bench = await Bench.StartAsync();
        var path = $"v3/conversations/{Bench.Escape(bench.Group.Id)}/members";

        var replies = new List<Bench.Reply>();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            replies.Add(await bench.GetAsync(path));
        }

        replies[0].Body[0].GetProperty("objectId").GetString().ShouldBe(bench.Ada.AadObjectId);
        replies.Select(reply => reply.Status).ShouldBe([200, 200, 200, 200, 200, 429]);
        bench.Broken.ShouldBe(["members-rate"]);
    }

    [Fact]
    public async Task A_team_tells_its_channels_and_General_has_no_name()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.AddChannel(bench.Team, "Releases");

        var team = await bench.GetAsync($"v3/teams/{Bench.Escape(bench.Team.Id)}");
        var channels = await bench.GetAsync($"v3/teams/{Bench.Escape(bench.Team.Id)}/conversations");
        var unknown = await bench.GetAsync("v3/teams/none");

        (team.Body.GetProperty("channelCount").GetInt32(), unknown.Status).ShouldBe((2, 404));
        channels.Body.GetProperty("conversations").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()).ShouldBe([null, "Releases"]);
        bench.Broken.ShouldBe(["team-unknown"]);
    }

    [Theory]
    [InlineData("GET", "v3/conversations", 405)]
    [InlineData("PATCH", "v3/conversations/a%3A1/activities/1", 405)]
    [InlineData("GET", "v3/conversations/a%3A1/activities/1/members", 404)]
    [InlineData("GET", "/v3/conversations", 404)]
    [InlineData("GET", "v3/attachments/1", 404)]
    public async Task There_is_no_other_call(string method, string path, int status)
    {
        await using var bench = await Bench.StartAsync();

        (await bench.CallAsync(method, path)).Status.ShouldBe(status);

        bench.Broken.ShouldBe(["call-unknown"]);
    }

    [Fact]
    public async Task Wrong_queries_pages_and_bodies_are_refused()
    {
        await using var bench = await Bench.StartAsync();
        var path = $"v3/conversations/{Bench.Escape(bench.Group.Id)}";

        var statuses = new[]
        {
            (await bench.CallAsync("POST", $"{path}/activities?silent=true", Text("x"))).Status,
            (await bench.GetAsync($"{path}/pagedmembers?pageSize=0")).Status,
            (await bench.CallAsync("POST", $"{path}/activities", "[]")).Status,
        };

        statuses.ShouldBe([400, 400, 400]);
        bench.Broken.ShouldBe(["query", "page", "body"]);
    }

    [Fact]
    public async Task An_id_that_is_not_percent_encoded_is_a_violation()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.CallAsync("POST", $"v3/conversations/{bench.Chat.Id}/activities", Text("x"))).Status.ShouldBe(201);

        bench.Broken.ShouldBe(["id-encoding"]);
    }

    [Fact]
    public async Task A_bearer_that_is_not_let_in_gets_401()
    {
        await using var bench = await Bench.StartAsync();
        bench.Connector.Authorize = header => header == "Bearer good";

        (await bench.PostAsync(bench.Chat, Text("x"))).Status.ShouldBe(401);

        bench.Connector.Messages(bench.Chat).ShouldBeEmpty();
        bench.Broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_tell_what_was_asked_and_answered()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync(bench.Chat, Text("x"));

        var call = bench.Connector.Calls.ShouldHaveSingleItem();
        (call.Operation, call.ConversationId, call.ActivityType, call.Status).ShouldBe((ConnectorOperation.Send, bench.Chat.Id, "message", 201));
        call.At.ShouldBe(bench.Clock.GetUtcNow());
    }

    private static object Text(string text) => new { type = "message", text };
}
