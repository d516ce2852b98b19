using CopilotBot.FakeSlack;

namespace CopilotBot.Tests.Channels.Chaos;

/// <summary>The checker of the chaos tests sees what they are there to see.</summary>
public sealed class TranscriptCheckerTests
{
    private static readonly ExpectedAnswer[] Expected = [new("18 weeks", HasCard: true), new("38 euros", HasCard: false, Outdated: "30 percent")];

    [Fact]
    public void A_conversation_with_each_answer_once_is_right_and_its_placeholders_are_counted()
    {
        var verdict = TranscriptChecker.Check([Text("Looking that up …"), Text("18 weeks [1]"), Card("a"), Text("38 euros"), Text("…"), Text("I am busy right now; I will answer here.")], Expected);

        verdict.Complaints.ShouldBeEmpty();
        verdict.Orphans.ShouldBe(3);
    }

    [Fact]
    public void A_lost_answer_is_complained_about()
    {
        var verdict = TranscriptChecker.Check([Text("18 weeks [1]"), Card("a"), Text("Looking that up …"), Text("38 euros") with { IsDeleted = true }], Expected);

        verdict.Lost.ShouldBe(1);
        verdict.Complaints.ShouldBe(["lost: 38 euros"]);
    }

    [Fact]
    public void A_doubled_answer_and_a_doubled_card_are_complained_about()
    {
        var verdict = TranscriptChecker.Check([Text("18 weeks [1]"), Card("a"), Text("18 weeks [1]"), Card("a"), Text("38 euros")], Expected);

        verdict.Duplicated.ShouldBe(2);
        verdict.Complaints.ShouldBe(["2 times: 18 weeks", "1 cards twice", "2 cards instead of 1"]);
    }

    [Fact]
    public void Wrong_order_old_text_an_open_stream_and_strange_words_are_complained_about()
    {
        TranscriptChecker.Check([Text("38 euros"), Text("18 weeks"), Card("a")], Expected).Complaints.ShouldBe(["out of order: 38 euros"]);
        TranscriptChecker.Check([Text("18 weeks"), Card("a"), Text("38 euros"), Text("30 percent")], Expected).Complaints.ShouldBe(["outdated: 30 percent", "nobody asked for: 30 percent"]);
        TranscriptChecker.Check([Text("18 weeks"), Card("a"), Text("38 euros") with { IsStreaming = true }], Expected).Complaints.ShouldBe(["lost: 38 euros"]);
        TranscriptChecker.Check([Text("18 weeks"), Card("a"), Text("38 euros"), Text("It is not your fault.")], Expected).Complaints.ShouldBe(["nobody asked for: It is not your fault."]);
    }

    [Theory]
    [InlineData(ShownStream.Open)]
    [InlineData(ShownStream.Expired)]
    public void A_stream_in_Slack_that_says_nothing_is_a_placeholder(ShownStream stream)
    {
        var empty = new ShownMessage { ChannelId = "C1", Ts = "1.2", UserId = "U9", AuthorIsBot = true, Text = "", BodyText = "", Markdown = "", Blocks = [], Versions = [], Stream = stream };

        var verdict = TranscriptChecker.Check([SeenMessage.Of(empty)], []);

        verdict.Complaints.ShouldBeEmpty();
        verdict.Orphans.ShouldBe(1);
    }

    private static SeenMessage Text(string text) => new("1", text, IsByBot: true, IsDeleted: false, IsStreaming: false, Cards: [], History: []);

    private static SeenMessage Card(string what) => Text("") with { Cards = [what] };
}
