using System.Text.RegularExpressions;
using CopilotBot.Channels.Slack.Rendering;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using static CopilotBot.Tests.Channels.Rendering.SomeAnswer;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

/// <summary>What documents, models and people write stays words, by an independent reader of Markdown that knows what Slack's does, but for tasks: it sees some in the midst of a line.</summary>
public sealed partial class SlackHostileTextTests
{
    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras(EmphasisExtraOptions.Strikethrough).Build();

    private static readonly string[] Scraps =
    [
        "<!channel>", "<!here>", "<!everyone>", "<@U0EVIL>", "<@U0EVIL|you>", "<#C0EVIL>", "<!subteam^S0EVIL>", "<!date^1^x|y>", "<https://evil.example|click>", "&lt;!channel&gt;", "&amp;lt;!here>", "@here",
        "](https://evil.example)", "[a](https://evil.example)", "![x](http://evil.example/x.png)", "<b>bold</b>", "<script>x</script>", "<!-- x", "&nbsp;", "# heading", "## two", "- item", "+ item", "* item",
        "• item", "•", "12. item", "3) item", "> quote", "---", "===", "***", "* * *", "```", "~~~", "`code`", "**bold**", "__under__", "_it_", "~~gone~~", "| a | b |", "|---|---|", "[1]", "[2]", "[7]",
        "[1](https://evil.example)", "[1]: https://evil.example", "![1]", "[[1]]", "[ ]", "[x]", "\\", "\\[1]", "\\<!here>", "😀", "\ud83d", "\u202e", "\u2028", "\u0007", "\t", "word", "a_b_c", ":smile:", "2026. x", "*", "_",
    ];

    public static TheoryData<string> EachScrap => [.. Scraps.Where(scrap => scrap != "\ud83d")];

    [Theory]
    [MemberData(nameof(EachScrap))]
    public void A_scrap_alone_stays_words(string scrap) => ShouldStayWords($"{scrap}\nNext {scrap} one. [1]\n- {scrap}\n4. {scrap}");

    [Fact]
    public void Scraps_in_any_order_stay_words()
    {
        var random = new Random(20260824);
        for (var round = 0; round < 400; round++)
        {
            ShouldStayWords(string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Scraps[random.Next(Scraps.Length)] + (random.Next(4) switch { 0 => "\n", 1 => "", _ => " " }))));
        }
    }

    [Theory]
    [MemberData(nameof(EachScrap))]
    public void A_question_that_is_quoted_stays_words(string scrap)
    {
        foreach (var question in (string[])[scrap, $"{scrap} why {scrap}", $"why{scrap}"])
        {
            foreach (var frame in (SlackFrame[])[SlackFrames.Shared with { Quoted = question }, SlackFrames.Shared with { Quoted = question, AskedBy = "U0ASKER" }])
            {
                var messages = SlackAnswerRenderer.Render(Grounded("Yes. [1]", Source(1)), frame);

                SlackRules.ShouldHold(messages, frame);
                ShouldHaveNoMarkup(messages[0].Markdown.Replace("<@U0ASKER> asked: ", "", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("u0evil")]
    [InlineData("U0EVIL> <!channel")]
    [InlineData("U0EVIL\n")]
    [InlineData("")]
    public void Only_an_id_is_mentioned(string person)
    {
        var message = SlackAnswerRenderer.Render(Grounded("Yes."), SlackFrames.Shared with { Quoted = "why", AskedBy = person })[0];

        message.Markdown.ShouldBe("*why*\n\nYes.");
    }

    [Fact]
    public void Hostile_titles_paths_and_cells_stay_words()
    {
        var hostile = string.Join(' ', Scraps);
        var answer = Grounded($"Yes. [1]\n|a|{hostile.Replace('|', '/').ReplaceLineEndings(" ")}|\n|-|-|\n|x|<!channel>|", Source(1, hostile, [hostile, hostile])) with { Related = new(new("x"), hostile, "https://x.example/<!here>") };

        foreach (var frame in (SlackFrame[])[SlackFrames.Personal, SlackFrames.Shared, SlackFrames.Ephemeral])
        {
            var messages = SlackAnswerRenderer.Render(answer, frame);

            SlackRules.ShouldHold(messages, frame);
            SlackRules.Strings(messages[0].Blocks).ShouldContain("‹!channel>");
        }

        SlackRules.ShouldBeInert(SlackViews.Help([hostile]), "");
        SlackRules.Strings(SlackViews.Home([hostile])).ShouldAllBe(words => !words.Contains("<!", StringComparison.Ordinal));
    }

    /// <summary>Of a long line nothing is lost and nothing becomes markup where it is cut.</summary>
    [Theory]
    [InlineData("*")]
    [InlineData("&")]
    [InlineData("<!here>")]
    [InlineData("😀")]
    [InlineData("a😀")]
    [InlineData("# ")]
    [InlineData("- x ")]
    [InlineData("1. ")]
    [InlineData("~5 ")]
    [InlineData("Sentence one. [1] ")]
    [InlineData("[1]")]
    [InlineData("[1](x) ")]
    [InlineData("\\")]
    [InlineData("\"")]
    [InlineData("_a_ ")]
    public void Thirty_thousand_characters_are_cut_between_what_belongs_together(string unit)
    {
        var text = "Begin " + string.Concat(Enumerable.Repeat(unit, 30_000 / unit.Length));

        var messages = SlackAnswerRenderer.Render(Grounded(text, Source(1)), SlackFrames.SharedByAsker);

        SlackRules.ShouldHold(messages, SlackFrames.SharedByAsker);
        messages.Count.ShouldBeGreaterThan(2);
        var parts = messages.Select(message => message.Markdown).Where(markdown => markdown.Length > 0).ToList();
        parts[0] = parts[0][(parts[0].IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        parts.ForEach(ShouldHaveNoMarkup);
        string.Concat(parts.Select(part => Words(ToHtml(part)))).ShouldBe(Words(System.Net.WebUtility.HtmlEncode(text)));
    }

    private static void ShouldStayWords(string text)
    {
        foreach (var frame in (SlackFrame[])[SlackFrames.Personal, SlackFrames.SharedByAsker, SlackFrames.Ephemeral])
        {
            var messages = SlackAnswerRenderer.Render(Grounded(text, Source(1), Source(2)), frame);

            SlackRules.ShouldHold(messages, frame);
            ShouldHaveNoMarkup(messages[0].Markdown.Replace("<@U0HALVORNE> asked: ", "", StringComparison.Ordinal));
        }
    }

    private static void ShouldHaveNoMarkup(string markdown)
    {
        var html = ToHtml(markdown);
        Markup().IsMatch(Question().Replace(html, "<p>$1</p>", 1)).ShouldBeFalse($"{markdown}\n=>\n{html}");
    }

    private static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Reader);

    private static string Words(string html) => string.Concat(System.Net.WebUtility.HtmlDecode(Tag().Replace(html, "")).Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>Any element but paragraphs and lists, which we write ourselves.</summary>
    [GeneratedRegex("<(?!/?(?:p|ul|ol|li|br)[ />])", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    /// <summary>The quoted question, in italics from its beginning to its end.</summary>
    [GeneratedRegex(@"\A<p><em>([^\n]*)</em></p>$", RegexOptions.Multiline)]
    private static partial Regex Question();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
