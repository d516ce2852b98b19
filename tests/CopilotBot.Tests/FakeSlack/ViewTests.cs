using System.Net;
using System.Text.Json;

namespace CopilotBot.Tests.FakeSlack;

public sealed class ViewTests
{
    private const string Modal = """
        {"type":"modal","callback_id":"why","private_metadata":"7","title":{"type":"plain_text","text":"Why?"},"submit":{"type":"plain_text","text":"Send"},"blocks":[
          {"type":"input","block_id":"r","label":{"type":"plain_text","text":"Reason"},"element":{"type":"static_select","action_id":"reason","options":[{"text":{"type":"plain_text","text":"Old"},"value":"old"}]}},
          {"type":"input","block_id":"c","label":{"type":"plain_text","text":"Comment"},"element":{"type":"plain_text_input","action_id":"comment"}}]}
        """;

    [Fact]
    public async Task A_trigger_opens_one_modal_within_three_seconds()
    {
        await using var bench = await Bench.StartAsync();
        var (first, second) = (await TriggerAsync(bench), await TriggerAsync(bench));

        (await OpenAsync(bench, first, Modal)).IsOk.ShouldBeTrue();
        (await OpenAsync(bench, first, Modal)).Error.ShouldBe("exchanged_trigger_id");
        bench.Clock.Advance(TimeSpan.FromSeconds(3));
        (await OpenAsync(bench, second, Modal)).Error.ShouldBe("expired_trigger_id");
        (await OpenAsync(bench, "1.2.3", Modal)).Error.ShouldBe("invalid_trigger_id");

        bench.Slack.OpenViews(bench.Ada.Id).ShouldHaveSingleItem().ShouldSatisfyAllConditions(view => view.Title.ShouldBe("Why?"), view => view.PrivateMetadata.ShouldBe("7"));
        bench.Broken.ShouldBe(["trigger-used", "trigger-late", "trigger"]);
    }

    [Fact]
    public async Task A_submission_carries_the_values_and_closes_the_modal()
    {
        await using var bench = await Bench.StartAsync();
        await OpenAsync(bench, await TriggerAsync(bench), Modal);

        await bench.Slack.As(bench.Ada).SubmitViewAsync(bench.Slack.OpenViews(bench.Ada.Id)[0], new Dictionary<string, string> { ["reason"] = "old", ["comment"] = "Hm" }, Bench.Cancelled);

        var view = bench.Bot.Last.Payload.GetProperty("view");
        var values = view.GetProperty("state").GetProperty("values");
        (view.GetProperty("callback_id").GetString(), view.GetProperty("private_metadata").GetString()).ShouldBe(("why", "7"));
        values.GetProperty("r").GetProperty("reason").GetProperty("selected_option").GetProperty("value").GetString().ShouldBe("old");
        values.GetProperty("c").GetProperty("comment").GetProperty("value").GetString().ShouldBe("Hm");
        bench.Slack.OpenViews(bench.Ada.Id).ShouldBeEmpty();
        bench.Broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"response_action":"errors","errors":{"c":"More!"}}""", 1, "")]
    [InlineData("""{"response_action":"clear"}""", 0, "")]
    [InlineData("""{"response_action":"errors"}""", 1, "view-ack")]
    [InlineData("""{"response_action":"update","view":{"type":"modal","title":{"type":"plain_text","text":"Thanks"},"blocks":[]}}""", 1, "")]
    [InlineData("""{"response_action":"push","view":{"type":"modal","blocks":[]}}""", 2, "view-title")]
    [InlineData("ok", 1, "view-ack")]
    public async Task The_answer_to_a_submission_is_followed(string answer, int open, string rule)
    {
        await using var bench = await Bench.StartAsync();
        await OpenAsync(bench, await TriggerAsync(bench), Modal);
        bench.Use(BotStub.Answering(_ => HttpStatusCode.OK, answer));

        await bench.Slack.As(bench.Ada).SubmitViewAsync(bench.Slack.OpenViews(bench.Ada.Id)[0], new Dictionary<string, string>(), Bench.Cancelled);

        bench.Slack.OpenViews(bench.Ada.Id).Count.ShouldBe(open);
        bench.Broken.ShouldBe(rule.Length == 0 ? [] : [rule]);
    }

    [Theory]
    [InlineData("""{"type":"home","blocks":[]}""", "view-type,view-title")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"N25"},"blocks":[]}""", "view-title")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"x"},"submit":{"type":"plain_text","text":"N25"},"blocks":[]}""", "view-submit")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"x"},"close":{"type":"plain_text","text":"N25"},"blocks":[]}""", "view-close")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"x"},"private_metadata":"N3001","blocks":[]}""", "view-metadata")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"markdown","text":"x"}]}""", "block-type")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a"}}]}""", "view-submit")]
    [InlineData("""{"type":"modal","title":{"type":"plain_text","text":"x"}}""", "blocks-format")]
    public async Task A_modal_keeps_to_its_limits(string view, string rules)
    {
        await using var bench = await Bench.StartAsync();
        var json = view.Replace("N25", new string('n', 25), StringComparison.Ordinal).Replace("N3001", new string('n', 3001), StringComparison.Ordinal);

        (await OpenAsync(bench, await TriggerAsync(bench), json)).Error.ShouldBe("invalid_arguments");

        bench.Broken.ShouldBe(rules.Split(','));
    }

    [Fact]
    public async Task A_view_is_updated_by_its_id_and_hash()
    {
        await using var bench = await Bench.StartAsync();
        var opened = (await OpenAsync(bench, await TriggerAsync(bench), Modal))["view"];
        var (view_id, hash) = (opened.GetProperty("id").GetString(), opened.GetProperty("hash").GetString());
        var view = JsonElement.Parse("""{"type":"modal","title":{"type":"plain_text","text":"Found"},"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"It"}}]}""");

        (await bench.CallAsync("views.update", new { view_id, hash, view })).IsOk.ShouldBeTrue();
        (await bench.CallAsync("views.update", new { view_id, hash, view })).Error.ShouldBe("hash_conflict");
        (await bench.CallAsync("views.update", new { view_id = "V1", view })).Error.ShouldBe("not_found");

        bench.Slack.OpenViews(bench.Ada.Id)[0].Text.ShouldBe("It");
    }

    [Fact]
    public async Task A_home_is_published_and_its_buttons_can_be_pressed()
    {
        await using var bench = await Bench.StartAsync();
        var view = JsonElement.Parse("""{"type":"home","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"link","text":{"type":"plain_text","text":"Link"},"value":"1"}]}]}""");

        (await bench.CallAsync("views.publish", new { user_id = bench.Ada.Id, view })).IsOk.ShouldBeTrue();
        await bench.Slack.As(bench.Ada).PressAsync(bench.Slack.HomeView(bench.Ada.Id)!, "link", Bench.Cancelled);

        var payload = bench.Bot.Last.Payload;
        (payload.GetProperty("container").GetProperty("type").GetString(), payload.GetProperty("actions")[0].GetProperty("value").GetString()).ShouldBe(("view", "1"));
        bench.Broken.ShouldBeEmpty();
    }

    private static async Task<string> TriggerAsync(Bench bench)
    {
        bench.Use(BotStub.Accepting());
        await bench.Slack.As(bench.Ada).ShortcutAsync("ask", Bench.Cancelled);
        return bench.Bot.Last.Payload.GetProperty("trigger_id").GetString()!;
    }

    private static Task<Bench.Reply> OpenAsync(Bench bench, string trigger_id, string view) => bench.CallAsync("views.open", new { trigger_id, view = JsonElement.Parse(view) });
}
