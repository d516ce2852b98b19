using System.Text.Json.Nodes;
using CopilotBot.Answering;
using CopilotBot.Channels;
using CopilotBot.Channels.Rendering;
using CopilotBot.Channels.Slack.Rendering;
using CopilotBot.Tests.Channels.Rendering;
using static CopilotBot.Tests.Channels.Rendering.SomeAnswer;
using static CopilotBot.Tests.Channels.Slack.Rendering.SlackFrames;

namespace CopilotBot.Tests.Channels.Slack.Rendering;

public sealed class SlackAnswerRendererTests
{
    private static readonly Answer Table = Grounded(
        "The piers: [1]\n| Pier | Opens |\n|---|:-:|\n| North | 6:00 | [1]\n| South \\| old | | [2]\nAsk the harbour office. [2]", ManySources(2));

    private static IEnumerable<(string Name, Answer Answer, SlackFrame Frame)> All =>
    [
        ("grounded-personal", Laptop, Personal),
        ("grounded-thread", Laptop, Shared),
        ("grounded-ephemeral", Laptop, Ephemeral),
        ("grounded-shared-by-asker", Laptop, SharedByAsker),
        ("grounded-quoted", Laptop, Personal with { Quoted = "my laptop is dead" }),
        ("nothing-personal", Nothing, Personal),
        ("nothing-thread", Nothing, Shared),
        ("refused-thread", Refused, Shared),
        ("failed-personal", Failed, Personal),
        ("failed-thread", Failed, Shared),
        ("table", Table, Personal),
        ("twelve-sources", Piers(12), Personal),
        ("twelve-sources-ephemeral", Piers(12), Ephemeral),
        ("pages-of-the-bot", Grounded("Yes. [1]", Source(1, url: "/documents/demo%3Apage%3A1001")), Personal),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_answer_is_shown_as_recorded(string name)
    {
        var (_, answer, frame) = All.Single(sample => sample.Name == name);

        var messages = SlackAnswerRenderer.Render(answer, frame);

        SlackRules.ShouldHold(messages, frame);
        Snapshot.ShouldStandAs(new JsonArray([.. messages.Select(message => JsonNode.Parse(message.Write()))]), "Slack", name);
    }

    [Fact]
    public void Thumbs_are_for_answers_and_misses_and_no_disclaimer_for_faults()
    {
        string Kinds(Answer answer) => string.Join(' ', SlackAnswerRenderer.Render(answer, Personal)[^1].Blocks.Select(SlackRules.Kind));

        Kinds(Laptop).ShouldBe("rich_text context context_actions");
        Kinds(Nothing).ShouldBe("rich_text context context_actions");
        Kinds(Refused).ShouldBe("context");
        Kinds(Failed).ShouldBe("");
    }

    [Fact]
    public void In_a_thread_every_kind_of_answer_offers_the_same_button()
    {
        string[] buttons = [.. ((Answer[])[Laptop, Nothing, Refused, Failed]).Select(answer => SlackAnswerRenderer.Render(answer, Shared)[^1].Blocks[^1]!.ToJsonString()).Distinct()];

        buttons.ShouldHaveSingleItem().ShouldContain(SlackAction.AskPrivately);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void A_message_is_as_long_as_it_may_be_and_no_longer(int beyond, int expected)
    {
        var answer = Of(AnswerOutcome.Failed, new string('x', SlackAnswerRenderer.MaximumMarkdown + beyond));

        var messages = SlackAnswerRenderer.Render(answer, Personal);

        SlackRules.ShouldHold(messages, Personal);
        messages.Count.ShouldBe(expected);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public void What_stands_below_goes_along_as_long_as_all_of_it_fits(int beyond, int expected)
    {
        var one = SlackAnswerRenderer.Render(Grounded("x", Source(1)), Shared).ShouldHaveSingleItem();
        var room = SlackAnswerRenderer.MaximumLength - one.MeasureBlocks() + 1;

        var messages = SlackAnswerRenderer.Render(Grounded(new string('x', room + beyond), Source(1)), Shared);

        SlackRules.ShouldHold(messages, Shared);
        messages.Count.ShouldBe(expected);
        messages[^1].Blocks.Count.ShouldBe(one.Blocks.Count);
    }

    [Theory]
    [MemberData(nameof(SlackFrames.Names), MemberType = typeof(SlackFrames))]
    public void Everything_at_once_keeps_the_limits(string frameName)
    {
        var frame = Of(frameName);
        var table = "| a | b |\n|---|---|\n" + string.Concat(Enumerable.Range(0, 150).Select(n => $"| {n} | \"{new string('ø', 400)}\" |\n"));
        var sources = Enumerable.Range(1, 40).Select(n => Source(n, string.Concat(Enumerable.Repeat("😀", 120)), [new string('"', 300)], $"https://wiki.halvorne.example/{new string('x', 1_900)}")).ToArray();
        var answer = Grounded(string.Join('\n', Enumerable.Range(0, 800).Select(n => $"Pier \"{n}\" opens <early> & late. [{1 + (n % 40)}]")) + $"\n{table}\nAnd\n{table}\nAnd\n{table}", sources);

        var messages = SlackAnswerRenderer.Render(answer, frame);

        SlackRules.ShouldHold(messages, frame);
        messages.SelectMany(message => message.Blocks).Count(block => SlackRules.Kind(block) == "table").ShouldBe(frame.Place == SlackPlace.Ephemeral ? 0 : 3);
        (messages[^1].Markdown == "This answer goes on: ask me in a direct message to read all of it.").ShouldBe(frame.Place == SlackPlace.Ephemeral);
    }

    [Fact]
    public void Forty_sources_are_four_lists_that_go_on_counting()
    {
        var lists = SlackAnswerRenderer.Render(Piers(40), Shared).SelectMany(message => message.Blocks).SelectMany(SlackRules.All).Where(part => part["style"]?.ToString() == "ordered").ToList();

        lists.Select(list => list["elements"]!.AsArray().Count).ShouldBe([10, 10, 10, 10]);
        lists.Select(list => (int?)list["offset"]).ShouldBe([null, 10, 20, 30]);
    }

    [Fact]
    public void Three_tables_are_three_messages_and_none_says_less_than_it_should()
    {
        var table = "| a | b |\n|---|---|\n| 1 | 2 |\n";

        var messages = SlackAnswerRenderer.Render(Grounded($"One\n{table}Two\n{table}Three\n{table}", Source(1)), Personal);

        SlackRules.ShouldHold(messages, Personal);
        messages.Select(message => message.Text).ShouldBe(["One (table below) Two (table below) Three (table below)", "A table of the answer", "A table of the answer"]);
        messages.Select(message => string.Join(' ', message.Blocks.Select(SlackRules.Kind))).ShouldBe(["table", "table", "table rich_text context context_actions"]);
    }

    [Theory]
    [InlineData(99, 2, 100_000, false)]
    [InlineData(100, 2, 100_000, true)]
    [InlineData(1, 20, 11_000, false)]
    [InlineData(1, 21, 11_000, true)]
    [InlineData(60, 2, 11_000, false)]
    [InlineData(200, 2, 11_000, true)]
    public void A_table_that_is_not_shown_whole_says_so(int rows, int columns, int maximum, bool isCut)
    {
        var blocks = SlackTable.Create(Wide(rows, columns, "x"), maximum);

        new SlackMessage("x", "", [.. blocks]).MeasureBlocks().ShouldBeLessThanOrEqualTo(maximum + 2);
        blocks.Length.ShouldBe(isCut ? 2 : 1);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"")]
    [InlineData("😀")]
    public void The_widest_table_shows_its_header_and_a_row(string letter)
    {
        var blocks = SlackTable.Create(Wide(40, 20, string.Concat(Enumerable.Repeat(letter, 400))), 11_000);

        SlackRules.CheckMessage(new SlackMessage("x", "", [.. blocks]));
        blocks[0]["rows"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void A_long_answer_for_one_person_ends_after_four_messages_and_says_where_the_rest_is()
    {
        var answer = Grounded(string.Join('\n', Enumerable.Range(0, 2_000).Select(n => $"Pier number {n} of Halvorne Tidal opens early in the morning. [{1 + (n % 12)}]")), ManySources(12));

        var messages = SlackAnswerRenderer.Render(answer, Ephemeral);

        SlackRules.ShouldHold(messages, Ephemeral);
        messages.Count.ShouldBe(4);
        messages[^1].Markdown.ShouldEndWith("This answer goes on: ask me in a direct message to read all of it.");
        SlackRules.Strings(messages[^1].Blocks).ShouldContain("and 2 more");
        SlackRules.Strings(messages[^1].Blocks).ShouldContain("Share with channel");
    }

    [Theory]
    [MemberData(nameof(SlackFrames.Names), MemberType = typeof(SlackFrames))]
    public void A_draft_begins_the_answer(string frameName)
    {
        var frame = Of(frameName);
        string[] lines = ["Do *this*: [1]", "- one_two_ [1]", "• three", "2. <!here> \\", "", .. Enumerable.Range(0, 400).Select(n => $"Pier {n} opens *early* at `{n}`. [{1 + (n / 100)}]")];
        var text = string.Join('\n', lines);
        var first = SlackAnswerRenderer.Render(Grounded(text, ManySources(5)), frame)[0].Markdown;
        var drafts = Enumerable.Range(1, lines.Length).Select(count => SlackAnswerRenderer.Draft(string.Join('\n', lines.Take(count)), 5, frame)).ToList();

        drafts.TakeWhile(draft => draft is not null).Count().ShouldBeInRange(150, 350);
        drafts.OfType<string>().ShouldAllBe(draft => first.StartsWith(draft, StringComparison.Ordinal));
        drafts.OfType<string>().Last().ShouldBe(first);
    }

    [Theory]
    [InlineData("")]
    [InlineData("| Pier | Opens")]
    [InlineData("The piers: [1]\n| Pier | Opens |\n|---|---|")]
    public void Where_a_table_may_begin_there_is_no_draft(string text) => SlackAnswerRenderer.Draft(text, 1, Personal).ShouldBeNull();

    [Fact]
    public void An_answer_without_words_says_so() => SlackAnswerRenderer.Render(Grounded(" \n "), Personal)[0].Markdown.ShouldBe("There is no text in this answer.");

    [Theory]
    [InlineData("a & b", 600)]
    [InlineData("<", 750)]
    [InlineData("x", 3_000)]
    public void The_words_for_notifications_are_plain_and_short(string unit, int units)
    {
        SlackPlain.Fallback(string.Concat(Enumerable.Repeat(unit, units * 2))).Length.ShouldBeInRange(2_000, 3_000);
        SlackPlain.Fallback(unit).ShouldBe(System.Net.WebUtility.HtmlEncode(unit));
        SlackAnswerRenderer.Render(Grounded("It is *so*. [1]\n- And_ <b>so</b> & on", Source(1)), SharedByAsker)[0].Text.ShouldBe("It is *so*. [1] - And_ &lt;b&gt;so&lt;/b&gt; &amp; on");
    }

    [Fact]
    public void A_message_reads_as_it_was_written()
    {
        var message = SlackAnswerRenderer.Render(Table, Shared)[0];

        var read = SlackMessage.Read(message.Write());

        (read.Text, read.Markdown).ShouldBe((message.Text, message.Markdown));
        read.ToBlocks().ToJsonString().ShouldBe(message.ToBlocks().ToJsonString());
        message.Write().ShouldContain("·");
        Should.Throw<FormatException>(() => SlackMessage.Read("""{"text":"x"}"""));
    }

    [Theory]
    [InlineData(Notice.Looking)]
    [InlineData(Notice.Busy)]
    [InlineData(Notice.More)]
    [InlineData(Notice.Withdrawn)]
    internal void A_notice_is_only_words(Notice notice)
    {
        var message = SlackMessage.Of(NoticeWords.Of(notice));

        message.Text.ShouldBe(NoticeWords.Of(notice));
        message.ToBlocks().ShouldBeEmpty();
        SlackMessage.Of("<!here> & co").Text.ShouldBe("&lt;!here&gt; &amp; co");
    }

    private static MarkdownTable Wide(int rows, int columns, string cell)
    {
        string[] row = [.. Enumerable.Repeat(cell, columns)];
        return new MarkdownTable(row, [.. Enumerable.Repeat(row, rows)]);
    }

    private static Answer Piers(int count) => Grounded(string.Join('\n', Enumerable.Range(1, count).Select(n => $"Pier {n} opens at {n}. [{n}]")), ManySources(count));
}
