using System.Text;
using CopilotBot.Knowledge;
using CopilotBot.Sources.Attachments;

namespace CopilotBot.Tests.Sources.Attachments;

public sealed class AttachmentReaderTests
{
    [Fact]
    public void A_page_of_a_PDF_is_a_heading_with_its_paragraphs()
    {
        var body = BodyOf("handover.pdf", SampleFiles.Pdf("The pump starts at 06:00.\n\n\n\nIt stops at 22:00.", "Call the night desk."));

        body.Blocks.OfType<TextBlock.Heading>().Select(heading => (heading.Span.Of(body.Text), heading.Anchor)).ShouldBe([("Page 1", "page-1"), ("Page 2", "page-2")]);
        body.Text.ShouldBe("Page 1\nThe pump starts at 06:00.\nIt stops at 22:00.\nPage 2\nCall the night desk.");
    }

    [Fact]
    public void A_DOCX_keeps_its_headings_lists_links_and_tables_and_leaves_out_what_was_deleted_or_hidden()
    {
        var body = BodyOf("guide.docx", OfficeFiles.Word("""
            <w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr><w:r><w:t>Kelp line</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">See the </w:t></w:r><w:hyperlink r:id="link1"><w:r><w:t>plan</w:t></w:r></w:hyperlink><w:del><w:r><w:delText> gone</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>
            <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>First</w:t></w:r></w:p>
            <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>Within</w:t></w:r></w:p>
            <w:tbl><w:tblPr><w:tblLook w:val="0020"/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>Code</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Means</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:tc><w:p><w:r><w:t>K1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Belt</w:t></w:r></w:p><w:p><w:r><w:t>stuck</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            """));

        body.Text.ShouldBe("Kelp line\nSee the plan.\nFirst\nWithin\nCode | Means\nK1 | Belt stuck");
        body.Blocks[0].ShouldBeOfType<TextBlock.Heading>().Level.ShouldBe(2);
        body.Blocks[2].ShouldBeOfType<TextBlock.ListBlock>().Items.Select(item => (item.Depth, item.Marker)).ShouldBe([(0, "1."), (1, "-")]);
        body.Blocks[3].ShouldBeOfType<TextBlock.Table>().Header.ShouldNotBeNull();
        body.Links.ShouldHaveSingleItem().Target.ShouldBe("https://halvorne.example/kelp");
    }

    [Fact]
    public void A_sheet_is_a_table_below_its_name_and_hidden_sheets_are_left_out()
    {
        var body = BodyOf("stock.xlsx", OfficeFiles.Excel(
            ("Stock", [[null, null], ["Part", "Since", "Amount"], ["Valve", new DateTime(2026, 3, 14), 0.1 + 0.2], ["Belt", null, 12.0]], false), ("Lists", [["internal"]], true)));

        body.Text.ShouldBe("Stock\nPart | Since | Amount\nValve | 2026-03-14 | 0.3\nBelt |  | 12");
        body.Blocks[1].ShouldBeOfType<TextBlock.Table>().Header.ShouldNotBeNull();
    }

    [Fact]
    public void A_slide_has_its_number_and_title_for_a_heading_and_its_notes_below()
    {
        var body = BodyOf("plan.pptx", OfficeFiles.PowerPoint(("Kelp line", ["Opens in May", "Two shifts"], "Say why."), ("", ["Questions"], "")));

        body.Text.ShouldBe("Slide 1: Kelp line\nOpens in May\nTwo shifts\nNotes\nSay why.\nSlide 2\nQuestions");
        body.Blocks.OfType<TextBlock.Callout>().ShouldHaveSingleItem().Kind.ShouldBe("note");
    }

    [Theory]
    [InlineData("a.txt", "One\nline\n\nTwo", "One\nline\nTwo")]
    [InlineData("a.md", "# One\n\n* two", "One\ntwo")]
    [InlineData("a.csv", "Part;Amount\n\"Belt; long\";\"2 \"\"new\"\"\"\n", "Part | Amount\nBelt; long | 2 \"new\"")]
    [InlineData("a.html", "<h1>One</h1><p>two</p>", "One\ntwo")]
    [InlineData("a.json", "{\"a\": 1}", "{\"a\": 1}")]
    [InlineData("a.log", "one  two\nthree", "one  two\nthree")]
    public void Text_is_read_by_its_kind(string name, string content, string text) => BodyOf(name, Encoding.UTF8.GetBytes(content)).Text.ShouldBe(text);

    [Fact]
    public void Text_in_another_encoding_is_read()
    {
        BodyOf("a.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Größe")]).Text.ShouldBe("Größe");
        BodyOf("a.txt", Encoding.Latin1.GetBytes("Größe")).Text.ShouldBe("Größe");
    }

    [Fact]
    public void A_wrong_name_does_not_matter_where_the_content_says_what_it_is() =>
        BodyOf("handover.txt", SampleFiles.Pdf("The pump starts.")).Text.ShouldBe("Page 1\nThe pump starts.");

    [Fact]
    public void A_reason_names_the_file_and_what_to_do()
    {
        ReasonOf("a.pdf", SampleFiles.Pdf("")).ShouldBe("a.pdf is a PDF without text (scanned?): only text can be indexed.");
        ReasonOf("a.pdf", SampleFiles.LockedPdf()).ShouldBe("a.pdf is protected by a password: upload it without one to have it indexed.");
        ReasonOf("a.docx", SampleFiles.LockedOffice()).ShouldBe("a.docx is protected by a password: upload it without one to have it indexed.");
        ReasonOf("a.docx", SampleFiles.Bomb(100)).ShouldContain("expands to far more than it holds");
        ReasonOf("a.docx", SampleFiles.Crowd(10_001)).ShouldContain("expands to far more than it holds");
        ReasonOf("a.docx", Encoding.ASCII.GetBytes("plain text")).ShouldContain("is damaged or not what its name says");
        ReasonOf("a.pdf", Encoding.ASCII.GetBytes("plain text")).ShouldContain("is damaged or not what its name says");
        ReasonOf("a.txt", [0, 1, 2, 3]).ShouldContain("is damaged or not what its name says");
        ReasonOf("a.exe", [1, 2]).ShouldContain("is not a kind of file that is read");
        ReasonOf("a.txt", "   "u8.ToArray()).ShouldBe("a.txt has no text.");
        ReasonOf("a.txt", new byte[(20 * 1024 * 1024) + 1]).ShouldContain("has more than 20 MB");
    }

    [Fact]
    public void A_file_that_was_cut_off_anywhere_gives_a_reason_or_text_and_never_throws()
    {
        byte[][] files = [SampleFiles.Pdf("The pump starts."), OfficeFiles.Word("<w:p><w:r><w:t>One</w:t></w:r></w:p>"), OfficeFiles.Excel(("A", [["One"]], false)), OfficeFiles.PowerPoint(("One", [], ""))];
        string[] names = ["a.pdf", "a.docx", "a.xlsx", "a.pptx"];

        foreach (var (name, file) in names.Zip(files))
        {
            for (var length = 0; length < file.Length; length += Math.Max(1, file.Length / 50))
            {
                var text = AttachmentReader.Read(name, "", file[..length], new AttachmentOptions());
                (text.Body is null).ShouldBe(text.Reason is not null, $"{name} {length}");
            }
        }
    }

    [Fact]
    public void A_file_with_bytes_changed_gives_a_reason_or_text_and_never_throws()
    {
        var random = new Random(8);
        foreach (var (name, file) in new[] { ("a.pdf", SampleFiles.Pdf("The pump starts.", "It stops.")), ("a.docx", OfficeFiles.Word("<w:p><w:r><w:t>One</w:t></w:r></w:p>")), ("a.xlsx", OfficeFiles.Excel(("A", [["One"]], false))) })
        {
            for (var i = 0; i < 200; i++)
            {
                var changed = file.ToArray();
                Enumerable.Range(0, 1 + random.Next(8)).ToList().ForEach(_ => changed[random.Next(changed.Length)] = (byte)random.Next(256));
                AttachmentReader.Read(name, "", changed, new AttachmentOptions()).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void A_text_longer_than_the_limit_is_cut_and_says_so()
    {
        var limits = new AttachmentOptions { MaximumCharacters = 1_000 };
        foreach (var (name, content) in new[] { ("a.txt", Encoding.ASCII.GetBytes(string.Join("\n\n", Enumerable.Repeat("word and word", 500)))), ("a.xlsx", OfficeFiles.Excel(("A", [.. Enumerable.Range(0, 500).Select(i => new object?[] { $"row number {i}" })], false))) })
        {
            var text = AttachmentReader.Read(name, "", content, limits);
            text.Body!.Text.Length.ShouldBeInRange(500, 1_100);
            text.Reason.ShouldBe($"{name} has more than 1000 characters: only the first of them are indexed.");
        }
    }

    private static StructuredText BodyOf(string name, byte[] content)
    {
        var text = AttachmentReader.Read(name, "", content, new AttachmentOptions());
        text.Reason.ShouldBeNull();
        AttachmentCheck.IsSound(text, new AttachmentOptions()).ShouldBeTrue();
        return text.Body!;
    }

    private static string ReasonOf(string name, byte[] content)
    {
        var text = AttachmentReader.Read(name, "", content, new AttachmentOptions());
        text.Body.ShouldBeNull();
        return text.Reason!;
    }
}
