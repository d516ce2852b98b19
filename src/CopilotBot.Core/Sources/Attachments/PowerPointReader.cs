using System.Globalization;
using CopilotBot.Knowledge;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace CopilotBot.Sources.Attachments;

/// <summary>A PPTX: each slide is "Slide N: TITLE" with its lines as a list, its tables, and the speaker's notes.</summary>
internal static class PowerPointReader
{
    public static void Write(TextLimit text, byte[] content)
    {
        using var file = PresentationDocument.Open(OfficeStream.Of(content), isEditable: true, OfficeStream.Settings);
        var presentation = file.PresentationPart ?? throw new UnreadableFileException(Reasons.Damaged);
        var number = 0;
        foreach (var id in presentation.Presentation?.SlideIdList?.Elements<SlideId>() ?? [])
        {
            number++;
            if (text.HasRoom && id.RelationshipId?.Value is { } relation && presentation.TryGetPartById(relation, out var part) && part is SlidePart slide)
            {
                WriteSlide(text, number, slide);
            }
        }
    }

    private static void WriteSlide(TextLimit text, int number, SlidePart slide)
    {
        if (slide.Slide?.CommonSlideData?.ShapeTree is not { } tree)
        {
            return;
        }

        var title = tree.Descendants<Shape>().FirstOrDefault(IsTitle);
        var words = title is null ? "" : string.Join(' ', Lines(text, title).Select(line => line.Words));
        var name = number.ToString(CultureInfo.InvariantCulture);
        text.Builder.Heading(1, new InlineText(words.Length > 0 ? $"Slide {name}: {words}" : $"Slide {name}"), $"slide-{name}");
        foreach (var element in tree.Descendants())
        {
            if (element is Shape shape && shape != title)
            {
                text.Builder.List([.. Lines(text, shape).Select(line => (line.Depth, "-", new InlineText(line.Words)))]);
            }
            else if (element is Drawing.Table table)
            {
                WriteTable(text, table);
            }
        }

        WriteNotes(text, slide);
    }

    private static bool IsTitle(Shape shape) => Placeholder(shape) is { } kind && (kind == PlaceholderValues.Title || kind == PlaceholderValues.CenteredTitle);

    private static PlaceholderValues? Placeholder(Shape shape) =>
        shape.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape is { } placeholder ? placeholder.Type?.Value ?? PlaceholderValues.Body : null;

    private static IEnumerable<(int Depth, string Words)> Lines(TextLimit text, Shape shape) => (shape.TextBody?.Elements<Drawing.Paragraph>() ?? [])
        .Select(paragraph => (Math.Clamp(paragraph.ParagraphProperties?.Level?.Value ?? 0, 0, 8), text.Fit(WordsOf(paragraph))))
        .Where(line => !string.IsNullOrWhiteSpace(line.Item2));

    private static string WordsOf(OpenXmlElement paragraph) => string.Concat(paragraph.Descendants().Select(element => element switch
    {
        Drawing.Text words => words.Text,
        Drawing.Break => " ",
        _ => "",
    }));

    private static void WriteTable(TextLimit text, Drawing.Table table)
    {
        var rows = table.Elements<Drawing.TableRow>()
            .Select(row => (IReadOnlyList<InlineText>)[.. row.Elements<Drawing.TableCell>().Select(cell => new InlineText(text.Fit(string.Join(' ', cell.Descendants<Drawing.Paragraph>().Select(WordsOf)))))]).ToList();
        var hasHeader = rows.Count > 1 && table.TableProperties?.FirstRow?.Value == true;
        text.Builder.Table(hasHeader ? rows[0] : null, hasHeader ? rows[1..] : rows);
    }

    /// <summary>The page of notes also repeats the slide's picture and number.</summary>
    private static void WriteNotes(TextLimit text, SlidePart slide)
    {
        var shapes = slide.NotesSlidePart?.NotesSlide?.CommonSlideData?.ShapeTree?.Descendants<Shape>().Where(shape => Placeholder(shape) == PlaceholderValues.Body) ?? [];
        var lines = shapes.SelectMany(shape => Lines(text, shape)).ToList();
        if (lines.Count > 0)
        {
            text.Builder.Callout("note", new InlineText("Notes"), () => lines.ForEach(line => text.Builder.Paragraph(new InlineText(line.Words))));
        }
    }
}
