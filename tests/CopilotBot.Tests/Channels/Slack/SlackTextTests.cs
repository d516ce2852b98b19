using CopilotBot.Channels.Slack;

namespace CopilotBot.Tests.Channels.Slack;

public sealed class SlackTextTests
{
    [Theory]
    [InlineData("<@UBOT> my laptop is dead", "my laptop is dead", true, false)]
    [InlineData("<@UBOT|copilot>   my\nlaptop", "my laptop", true, false)]
    [InlineData("ask <@U2|maren> about it", "ask @maren about it", false, true)]
    [InlineData("ask <@U2> about it", "ask @U2 about it", false, true)]
    [InlineData("<!subteam^S1|@it-desk> is it down?", "@it-desk is it down?", false, true)]
    [InlineData("<!here> lunch", "@here lunch", false, false)]
    [InlineData("in <#C1|harbour> and <#C2>", "in #harbour and #C2", false, false)]
    [InlineData("see <https://wiki.example/a?b=1&amp;c|the page>", "see the page", false, false)]
    [InlineData("see <https://wiki.example/a?b=1&amp;c=2>", "see https://wiki.example/a?b=1&c=2", false, false)]
    [InlineData("is 1 &lt; 2 &amp;&amp; 3 &gt; 2?", "is 1 < 2 && 3 > 2?", false, false)]
    [InlineData("what does &amp;lt; mean", "what does &lt; mean", false, false)]
    [InlineData("a < b", "a < b", false, false)]
    [InlineData("", "", false, false)]
    public void Text_becomes_the_words_that_people_read(string text, string words, bool bot, bool others) =>
        SlackText.Parse(text, "UBOT").ShouldBe(new SlackText(words, bot, others));

    [Fact]
    public void Without_a_bot_nobody_is_left_out() => SlackText.Parse("<@UBOT> hello", "").ShouldBe(new SlackText("@UBOT hello", false, true));
}
