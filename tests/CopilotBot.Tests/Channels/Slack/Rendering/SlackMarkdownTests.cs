using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Slack.Rendering;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

public sealed class SlackMarkdownTests
{
    [Theory]
    [InlineData("The printer prn_ain_01 is in snake_case_, two_ words")]
    [InlineData("2 * 3 is 6, a lone *star, ~5 and ~6, a ` tick")]
    [InlineData("It is so. [1] [2]")]
    [InlineData("See [1]: it is so, and [a] (b)")]
    [InlineData("#general and 1.2 and -x and +1")]
    [InlineData("@here @channel @everyone :smile: www.halvorne.example https://halvorne.example")]
    [InlineData(@"C:\tools\bin | x")]
    public void What_cannot_act_stays_as_it_is(string line) => SlackMarkdown.Escape(line).ShouldBe(line);

    [Theory]
    [InlineData("<!channel> <@U0A> <#C0A> <!subteam^S0A> a & b &lt;", "&lt;!channel&gt; &lt;@U0A&gt; &lt;#C0A&gt; &lt;!subteam^S0A&gt; a &amp; b &amp;lt;")]
    [InlineData("*bold* and 2*3*4", @"\*bold\* and 2\*3\*4")]
    [InlineData("**bold** __under__ _it_", @"\*\*bold\*\* \_\_under\_\_ \_it\_")]
    [InlineData("~gone~ ~~gone~~", @"\~gone\~ \~\~gone\~\~")]
    [InlineData("`code` ```", @"\`code\` \`\`\`")]
    [InlineData("```", @"\`\`\`")]
    [InlineData("~~~ x", @"\~\~\~ x")]
    [InlineData("[a](https://evil.example) ![b](x)", @"[a]\(https://evil.example) ![b]\(x)")]
    [InlineData("[1]: https://evil.example", @"[1]\: https://evil.example")]
    [InlineData("## two", @"\## two")]
    [InlineData("- item", @"\- item")]
    [InlineData("+ item", @"\+ item")]
    [InlineData("* item", @"\* item")]
    [InlineData("12. item", @"12\. item")]
    [InlineData("3) item", @"3\) item")]
    [InlineData("> quote", "&gt; quote")]
    [InlineData("---", @"\---")]
    [InlineData("***", @"\***")]
    [InlineData("[ ] task", @"\[ ] task")]
    [InlineData(@"C:\_x \* end\", @"C:\\_x \\* end\\")]
    public void What_could_act_does_not(string line, string expected) => SlackMarkdown.Escape(line).ShouldBe(expected);

    [Theory]
    [InlineData("my laptop is dead", "*my laptop is dead*")]
    [InlineData(@"a*b \", @"*a\*b \\*")]
    [InlineData("# <!here>", "*# &lt;!here&gt;*")]
    public void Italics_end_where_the_words_end(string words, string expected) => SlackMarkdown.Italic(words).ShouldBe(expected);

    [Fact]
    public void The_words_can_be_read_back_whatever_they_are()
    {
        var random = new Random(20260824);
        const string letters = @"ab1 *_~`[]()<>&\#-+=.:!|•😀";
        for (var round = 0; round < 5_000; round++)
        {
            var line = PlainText.OneLine(string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => letters[random.Next(letters.Length)])));

            SlackMarkdown.Plain(SlackMarkdown.Escape(line)).ShouldBe(line);
        }
    }

    [Fact]
    public void Nothing_is_cut_inside_a_marker_an_escape_or_a_letter() =>
        SlackMarkdown.Pieces("😀 [12]*a*&").Select(piece => piece.Markdown).ShouldBe(["😀", " ", "[12]", @"\*", "a", @"\*", "&amp;"]);
}
