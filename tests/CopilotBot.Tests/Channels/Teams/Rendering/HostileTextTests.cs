using System.Text.RegularExpressions;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Teams.Rendering;
using Markdig;
using static CopilotBot.Tests.Channels.Rendering.SomeAnswer;
using static CopilotBot.Tests.Channels.Teams.Rendering.SomeFrame;

namespace CopilotBot.Tests.Channels.Teams.Rendering;

/// <summary>What documents and models write stays words, by an independent reader of Markdown that knows more of it than Teams.</summary>
public sealed partial class HostileTextTests
{
    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    private static readonly string[] Scraps =
    [
        "](javascript:x)", "[a](https://evil.example)", "![x](http://evil.example/x.png)", "<at>Everyone</at>", "<b>bold</b>", "<script>x</script>", "&nbsp;", "&lt;at&gt;", "# heading",
        "## two", "- item", "+ item", "* item", "12. item", "3) item", "> quote", "---", "===", "***", "```", "~~~", "`code`", "**bold**", "__under__", "~~gone~~", "| a | b |", "|---|---|",
        "[1]", "[2]", "[7]", "[1](https://evil.example)", "[1]: https://evil.example", "[1] (https://evil.example)", "![1]", "[[1]]", "\\", "\\[1]", "[21]", "https://evil.example", "www.evil.example",
        "ops@halvorne.example", "<https://evil.example>", "{{DATE(2026-01-01T00:00:00Z,SHORT)}}", "${x}", "😀", "\ud83d", "\u202e", "\u2028", "\t", "word", "a_b_c", "2^3^", "H~2~O", "[^1]", ":smile:", "$$x$$", "(c)", "2026. x",
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

    [Fact]
    public void Hostile_titles_paths_and_quotes_stay_words_on_cards()
    {
        var hostile = string.Join(' ', Scraps.Where(scrap => scrap.Length < 30));

        var citation = Source(1, hostile, [hostile, hostile], quote: hostile);
        var messages = TeamsAnswerRenderer.Render(Grounded("Yes. [1]", citation), Channel);
        var texts = messages.Append(TeamsCards.SearchResult(citation, Now)).Append(TeamsCards.Welcome(hostile, [hostile]))
            .SelectMany(MessageRules.Cards).SelectMany(card => TextBlock().Matches(card.ToJsonString())).Select(match => System.Text.Json.JsonSerializer.Deserialize<string>(match.Groups[1].Value)!).ToList();

        MessageRules.ShouldHold(messages);
        texts.Count.ShouldBeGreaterThan(6);
        foreach (var text in texts)
        {
            var html = Markdown.ToHtml(text, Reader);
            Link().Replace(html, "").ShouldNotContain("<a ");
            Markup().IsMatch(Link().Replace(html, "")).ShouldBeFalse(html);
            text.ShouldNotContain("{{");
        }
    }

    /// <summary>Of a long line nothing is lost and nothing becomes markup where it is cut.</summary>
    [Theory]
    [InlineData("*")]
    [InlineData("&")]
    [InlineData("😀")]
    [InlineData("a😀")]
    [InlineData("# ")]
    [InlineData("- x ")]
    [InlineData("1. ")]
    [InlineData("Sentence one. [1] ")]
    [InlineData("[1]")]
    [InlineData("[1](x) ")]
    [InlineData("\\")]
    public void Sixty_thousand_characters_are_cut_between_what_belongs_together(string unit)
    {
        var text = "Begin " + string.Concat(Enumerable.Repeat(unit, 60_000 / unit.Length));

        var messages = TeamsAnswerRenderer.Render(Grounded(text, Source(1)), Personal);

        MessageRules.ShouldHold(messages);
        var parts = messages.Where(message => message.ContainsKey("text")).Select(message => message["text"]!.GetValue<string>()).ToList();
        parts.Count.ShouldBeGreaterThan(2);
        parts.ShouldAllBe(part => part.Length <= TeamsAnswerRenderer.MaximumLength);
        string.Concat(parts.Select(part => Words(ToHtml(part)))).ShouldBe(Words(System.Net.WebUtility.HtmlEncode(text)));
    }

    [Fact]
    public void A_line_is_cut_after_a_sentence_rather_than_at_a_space()
    {
        var parts = MessageSplitter.Split([new AnswerLine("- ", "The pier opens at six. [1] The harbour office opens at seven.")], line => TeamsMarkdown.Pieces(line, new HashSet<int> { 1 }), markdown => markdown.Length, maximum: 40);

        parts.ShouldBe(["- The pier opens at six. [1]", "The harbour office opens at seven."]);
    }

    [Fact]
    public void What_stands_behind_a_marker_that_goes_begins_no_heading() =>
        ToHtml(TeamsMarkdown.RemoveMarkers(TeamsMarkdown.Escape("[1] # heading", new HashSet<int> { 1 }), new HashSet<int> { 1 })).ShouldNotContain("<h1");

    private static void ShouldStayWords(string text)
    {
        foreach (var frame in (AnswerFrame[])[Personal, Channel])
        {
            var messages = TeamsAnswerRenderer.Render(Grounded(text, Source(1), Source(2)), frame);

            MessageRules.ShouldHold(messages);
            var html = ToHtml(messages[0]["text"]!.GetValue<string>());
            Markup().IsMatch(html).ShouldBeFalse($"{text}\n=>\n{html}");
        }
    }

    private static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Reader);

    private static string Words(string html) => string.Concat(System.Net.WebUtility.HtmlDecode(Tag().Replace(html, "")).Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>Any element but paragraphs and lists, which we write ourselves.</summary>
    [GeneratedRegex("<(?!/?(?:p|ul|ol|li|br)[ />])", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("""<a href="https://wiki\.halvorne\.example/[^"]*"[^>]*>|</a>""")]
    private static partial Regex Link();

    [GeneratedRegex("""TextBlock","text":("(?:[^"\\]|\\.)*")""")]
    private static partial Regex TextBlock();
}
