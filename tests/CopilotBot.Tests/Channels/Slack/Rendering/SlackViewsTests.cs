using System.Text.Json.Nodes;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Tests.Channels.Rendering;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

public sealed class SlackViewsTests
{
    private static readonly TurnId Turn = new("01a20f0ab0b67a608b48eac076dd9ed4");

    private static readonly string[] Examples = ["How do I connect to the VPN?", "My laptop is *dead*", "", "Where do I order toner?", "A fourth one", "A fifth one"];

    private static IEnumerable<(string Name, JsonObject View)> All =>
    [
        ("reason-form", SlackViews.ReasonForm(Turn)),
        ("home", SlackViews.Home(Examples)),
        ("home-without-examples", SlackViews.Home([])),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_view_is_as_recorded(string name)
    {
        var view = All.Single(sample => sample.Name == name).View;

        SlackRules.CheckView(view);
        Snapshot.ShouldStandAs(view, "Slack", name);
    }

    [Fact]
    public void Help_is_as_recorded()
    {
        SlackRules.CheckMessage(SlackViews.Help(Examples));
        Snapshot.ShouldStandAs(JsonNode.Parse(SlackViews.Help(Examples).Write())!, "Slack", "help");
    }

    [Fact]
    public void The_form_offers_every_reason_and_requires_none()
    {
        var form = SlackViews.ReasonForm(Turn);

        form["private_metadata"]!.GetValue<string>().ShouldBe(Turn.Value);
        CopilotBot.Channels.Rendering.VoteReason.All.ShouldAllBe(reason => form.ToJsonString().Contains($"\"{reason.Value}\"", StringComparison.Ordinal));
        form["blocks"]!.AsArray().ShouldAllBe(block => block!["optional"]!.GetValue<bool>() && block["block_id"]!.ToString() == block["element"]!["action_id"]!.ToString());
    }
}
