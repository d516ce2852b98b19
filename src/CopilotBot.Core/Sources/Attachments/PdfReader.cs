using System.Globalization;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace CopilotBot.Sources.Attachments;

/// <summary>A PDF: each page with text under the heading "Page N", its paragraphs as the page sets them apart.</summary>
internal static partial class PdfReader
{
    public static void Write(TextLimit text, byte[] content)
    {
        using var document = PdfDocument.Open(content, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        for (var number = 1; number <= document.NumberOfPages && text.HasRoom; number++)
        {
            WritePage(text, number, ContentOrderTextExtractor.GetText(document.GetPage(number), addDoubleNewline: true));
        }
    }

    private static void WritePage(TextLimit text, int number, string page)
    {
        if (string.IsNullOrWhiteSpace(page))
        {
            return;
        }

        var name = number.ToString(CultureInfo.InvariantCulture);
        text.Builder.Heading(1, new InlineText($"Page {name}"), $"page-{name}");
        foreach (var paragraph in BlankLine().Split(page.ReplaceLineEndings("\n")))
        {
            text.Builder.Paragraph(new InlineText(text.Fit(BrokenWord().Replace(paragraph, "$1$2"))));
        }
    }

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex BlankLine();

    /// <summary>A word that goes on in the next line; in front of a capital letter or a digit the hyphen belongs to it.</summary>
    [GeneratedRegex(@"(\p{Ll})-\n(\p{Ll})")]
    private static partial Regex BrokenWord();
}
