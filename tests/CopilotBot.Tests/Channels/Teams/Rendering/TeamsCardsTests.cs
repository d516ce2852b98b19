using System.Text.Json.Nodes;
using CopilotBot.Channels;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Teams.Rendering;
using CopilotBot.Conversations;
using CopilotBot.Tests.Channels.Rendering;
using CopilotBot.Tests.Support;
using static CopilotBot.Tests.Channels.Rendering.SomeAnswer;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

public sealed class TeamsCardsTests
{
    private static IEnumerable<(string Name, JsonObject Document)> All =>
    [
        ("welcome", TeamsCards.Welcome("Halvorne *Copilot*", ["How do I connect to the VPN?", "My laptop is dead", "Where do I order toner?", "A fourth one"])),
        ("feedback-like", TeamsCards.FeedbackForm("like", new TurnId("01a20f0ab0b67a608b48eac076dd9ed4"))),
        ("feedback-dislike", TeamsCards.FeedbackForm("dislike", turn: null)),
        ("thank-you", TeamsCards.TaskCard("Thank you", TeamsCards.ThankYou(), "small")),
        ("ask-privately-reached", TeamsCards.InvokeCard(TeamsCards.AskPrivatelyConfirmation(isReached: true))),
        ("ask-privately-not-reached", TeamsCards.InvokeMessage(TeamsCards.AskPrivatelyText(isReached: false))),
        ("search", TeamsCards.SearchResults([TeamsCards.SearchResult(Source(1, "Laptops & <at>all</at>", ["Repair"]), Now), TeamsCards.SearchResult(Source(2, url: "/documents/demo"), Now)])),
        ("search-nothing", TeamsCards.SearchMessage("Nothing that you may read matches.")),
        ("task-message", TeamsCards.TaskMessage("Thank you.")),
        ("looking", TeamsPlaceholder.Of(Notice.Looking)),
        ("busy", TeamsPlaceholder.Of(Notice.Busy)),
        ("more", TeamsPlaceholder.Of(Notice.More)),
        ("withdrawn", TeamsPlaceholder.Of(Notice.Withdrawn)),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_card_and_envelope_is_as_recorded(string name)
    {
        var document = All.Single(sample => sample.Name == name).Document;

        MessageRules.Cards(document).ToList().ForEach(MessageRules.CheckCard);
        Snapshot.ShouldStandAs(document, "Teams", name);
    }

    [Theory]
    [InlineData("welcome", 1)]
    [InlineData("feedback-like", 1)]
    [InlineData("feedback-dislike", 1)]
    [InlineData("thank-you", 1)]
    [InlineData("ask-privately-reached", 1)]
    [InlineData("search", 2)]
    public void Every_card_is_valid_by_the_official_schema(string name, int cards)
    {
        OfficialSchema.Card.SkipUnlessHere();

        var found = MessageRules.Cards(All.Single(sample => sample.Name == name).Document).ToList();

        found.Count.ShouldBe(cards);
        found.ForEach(MessageRules.ShouldBeValid);
    }

    [Fact]
    public void Only_a_dislike_is_asked_for_its_reason()
    {
        TeamsCards.FeedbackForm("like", turn: null).ToJsonString().ShouldNotContain("Input.ChoiceSet");
        var form = TeamsCards.FeedbackForm("dislike", turn: null).ToJsonString();
        VoteReason.All.ShouldAllBe(reason => form.Contains($"\"{reason.Value}\"", StringComparison.Ordinal));
    }
}
