using System.Text.Json;
using CopilotBot.Channels.Slack;

namespace CopilotBot.Tests.Channels.Slack;

public sealed class SlackEventTests
{
    [Theory]
    [InlineData("""{"team_id":"T9","authorizations":[{"team_id":"T1","enterprise_id":"E1","user_id":"UBOT","is_bot":true,"is_enterprise_install":false}]}""", "T1", "UBOT")]
    [InlineData("""{"team_id":"T9","authorizations":[{"team_id":null,"enterprise_id":"E1","user_id":"UBOT","is_bot":true,"is_enterprise_install":true}]}""", "E1", "UBOT")]
    [InlineData("""{"team_id":"T9","authorizations":[{"team_id":"T1","user_id":"U1","is_bot":false}]}""", "T1", "")]
    [InlineData("""{"team_id":"T9"}""", "T9", "")]
    public void The_install_is_the_one_of_the_first_authorization(string envelope, string workspace, string bot)
    {
        var slack = Parse(envelope[..^1] + ""","event_id":"Ev1","event_time":60,"event":{"type":"message"}}""").ShouldNotBeNull();

        (slack.Workspace, slack.BotUser).ShouldBe((workspace, bot));
        slack.At.ShouldBe(DateTimeOffset.UnixEpoch.AddMinutes(1));
    }

    [Theory]
    [InlineData("""{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1}""")]
    [InlineData("""{"event":{"type":"message"}}""")]
    [InlineData("""{"event_id":"Ev1"}""")]
    [InlineData("""{"event_id":"Ev1","event":[]}""")]
    [InlineData("[]")]
    public void What_has_no_event_is_none(string envelope) => Parse(envelope).ShouldBeNull();

    private static SlackEvent? Parse(string envelope)
    {
        using var json = JsonDocument.Parse(envelope);
        return SlackEvent.Parse(json.RootElement);
    }
}
