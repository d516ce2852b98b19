using System.Text.Json;

namespace CopilotBot.Tests.FakeSlack;

public sealed class DirectoryTests
{
    [Fact]
    public async Task A_user_is_told_with_all_that_makes_them_special()
    {
        await using var bench = await Bench.StartAsync();
        var guest = bench.Slack.AddUser(bench.Slack.Workspace, "Gus", null, user => user with { IsRestricted = true, IsStranger = true, IsEmailConfirmed = false, IsDeleted = true });

        var ada = (await bench.FormAsync("users.info", ("user", bench.Ada.Id)))["user"];
        var gus = (await bench.FormAsync("users.info", ("user", guest.Id)))["user"];

        ada.GetProperty("profile").GetProperty("email").GetString().ShouldBe("ada@halvorne.example");
        Flags(ada).ShouldBe([false, false, false, false, false, true, false]);
        gus.GetProperty("profile").TryGetProperty("email", out _).ShouldBeFalse();
        Flags(gus).ShouldBe([true, false, false, true, false, false, true]);
        (await bench.FormAsync("users.info", ("user", "U1"))).Error.ShouldBe("user_not_found");

        static bool[] Flags(JsonElement user) =>
        [
            .. new[] { "deleted", "is_bot", "is_app_user", "is_restricted", "is_ultra_restricted", "is_email_confirmed" }.Select(name => user.GetProperty(name).GetBoolean()),
            user.TryGetProperty("is_stranger", out _),
        ];
    }

    [Fact]
    public async Task A_channel_tells_what_it_is()
    {
        await using var bench = await Bench.StartAsync();
        bench.Channel.IsExtShared = true;

        var channel = (await bench.FormAsync("conversations.info", ("channel", bench.Channel.Id), ("include_num_members", "true")))["channel"];
        var direct = (await bench.FormAsync("conversations.info", ("channel", bench.Direct.Id)))["channel"];

        (channel.GetProperty("name").GetString(), channel.GetProperty("is_ext_shared").GetBoolean(), channel.GetProperty("num_members").GetInt32()).ShouldBe(("harbour", true, 3));
        (direct.GetProperty("is_im").GetBoolean(), direct.GetProperty("user").GetString()).ShouldBe((true, bench.Ada.Id));
        (await bench.FormAsync("conversations.info", ("channel", "C1"))).Error.ShouldBe("channel_not_found");
    }

    [Fact]
    public async Task Members_come_in_pages()
    {
        await using var bench = await Bench.StartAsync();
        List<string> seen = [];
        var cursor = "";

        do
        {
            var page = await bench.FormAsync("conversations.members", ("channel", bench.Channel.Id), ("limit", "2"), ("cursor", cursor));
            seen.AddRange(page["members"].EnumerateArray().Select(member => member.GetString()!));
            cursor = page["response_metadata"].GetProperty("next_cursor").GetString()!;
        }
        while (cursor.Length > 0);

        seen.ShouldBe([bench.Ada.Id, bench.Bob.Id, bench.Slack.Workspace.BotUserId]);
        (await bench.FormAsync("conversations.members", ("channel", bench.Channel.Id), ("cursor", "x"))).Error.ShouldBe("invalid_cursor");
        (await bench.FormAsync("conversations.members", ("channel", bench.Channel.Id), ("limit", "1001"))).Error.ShouldBe("invalid_limit");
        bench.Broken.ShouldBe(["cursor", "page-limit"]);
    }

    [Fact]
    public async Task Replies_begin_with_the_parent_and_history_with_the_newest()
    {
        await using var bench = await Bench.StartAsync();
        var parent = await bench.AskAsync();
        await bench.PostAsync(bench.Channel, "one", parent);
        await bench.PostAsync(bench.Channel, "two", parent);
        var next = await bench.AskAsync();

        var first = await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", parent), ("limit", "2"));
        var rest = await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", parent), ("limit", "2"), ("cursor", first["response_metadata"].GetProperty("next_cursor").GetString()!));
        var newer = await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", parent), ("oldest", bench.Slack.Messages(bench.Channel)[1].Ts));
        var history = await bench.FormAsync("conversations.history", ("channel", bench.Channel.Id));

        Texts(first).ShouldBe([$"<@{bench.Slack.Workspace.BotUserId}> Hello", "one"]);
        (first["has_more"].GetBoolean(), rest["has_more"].GetBoolean()).ShouldBe((true, false));
        Texts(rest).ShouldBe(["two"]);
        Texts(newer).Skip(1).ShouldBe(["two"]);
        first["messages"][0].GetProperty("reply_count").GetInt32().ShouldBe(2);
        history["messages"].EnumerateArray().Select(message => message.GetProperty("ts").GetString()).ShouldBe([next, parent]);
        (await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", "1.000100"))).Error.ShouldBe("thread_not_found");
        bench.Channel.HasBot = false;
        (await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", parent))).Error.ShouldBe("not_in_channel");
    }

    [Fact]
    public async Task A_commercial_app_reads_fifteen_messages_a_minute()
    {
        await using var bench = await Bench.StartAsync();
        bench.Slack.IsCommercial = true;
        var ts = await bench.AskAsync();
        foreach (var number in Enumerable.Range(0, 20))
        {
            await bench.Slack.As(bench.Bob).ReplyAsync(bench.Channel, ts, $"{number}", mention: false, Bench.Cancelled);
        }

        (await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", ts), ("limit", "100")))["messages"].GetArrayLength().ShouldBe(15);
        ((int)(await bench.FormAsync("conversations.replies", ("channel", bench.Channel.Id), ("ts", ts))).Code).ShouldBe(429);
    }

    [Fact]
    public async Task A_direct_conversation_is_opened_and_is_there_already()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.CallAsync("conversations.open", new { users = bench.Ada.Id }))["channel"].GetProperty("id").GetString().ShouldBe(bench.Direct.Id);
        (await bench.CallAsync("conversations.open", new { users = "U1" })).Error.ShouldBe("user_not_found");
    }

    private static IEnumerable<string> Texts(Bench.Reply reply) => reply["messages"].EnumerateArray().Select(message => message.GetProperty("text").GetString()!);
}
