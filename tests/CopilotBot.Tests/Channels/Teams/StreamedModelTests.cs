using CopilotBot.FakeChatEndpoint;

namespace CopilotBot.Tests.Channels.Teams;

/// <summary>A language model behind an endpoint, streamed into a personal chat: sentences are checked before anybody sees them.</summary>
public sealed class StreamedModelTests(DemoFolder demo) : IClassFixture<DemoFolder>
{
    private const string Key = "key-that-nobody-may-see";

    [Fact]
    public async Task Only_sentences_that_hold_are_streamed_and_said()
    {
        const string all = "[1, 2, 3, 4, 5]";
        await using var endpoint = await ChatEndpoint.StartAsync(
            "small", Key, _ => $"When a laptop is dead, bring it to the service desk in Stromvik. {all}\nIt costs 999 crowns. {all}\nCollect a loan laptop; it is yours for up to 15 working days. {all}");
        await using var teams = await StartAsync(endpoint);

        var asked = await teams.AskPersonallyAsync("Alba Quintero", "my laptop is dead");
        await ChannelConformance.SettleAsync(teams);

        var message = teams.Seen(asked.Conversation).First();
        message.Text.ShouldContain("loan laptop");
        message.StreamTexts.Select(shown => shown.Text).Append(message.Text).ShouldAllBe(text => !text.Contains("999", StringComparison.Ordinal));
        endpoint.Conversations.ShouldHaveSingleItem();
        teams.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_that_fails_ends_in_one_sentence_with_the_trace_id()
    {
        await using var endpoint = await ChatEndpoint.StartAsync("small", Key, _ => "");
        endpoint.FailWith = 400;
        await using var teams = await StartAsync(endpoint);

        var asked = await teams.AskPersonallyAsync("Alba Quintero", "my laptop is dead");
        await ChannelConformance.SettleAsync(teams);

        var text = teams.Answers(asked).ShouldHaveSingleItem();
        text.ShouldContain("trace id");
        text.ShouldNotContain(Key);
        teams.Bot.Log.ShouldNotContain(Key);
        teams.BrokenRules.ShouldBeEmpty();
    }

    private Task<TeamsDriver> StartAsync(ChatEndpoint endpoint) => TeamsDriver.StartAsync(demo, settings: new Dictionary<string, string?>
    {
        ["ChatModel:Endpoint"] = endpoint.Url,
        ["ChatModel:Model"] = "small",
        ["ChatModel:ApiKeyVariable"] = "TEST_KEY",
        ["TEST_KEY"] = Key,
    });
}
