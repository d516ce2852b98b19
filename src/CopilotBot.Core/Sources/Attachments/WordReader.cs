using CopilotBot.Knowledge;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using TableRow = DocumentFormat.OpenXml.Wordprocessing.TableRow;

namespace CopilotBot.Sources.Attachments;

/// <summary>A DOCX: headings by style or outline level, lists with their levels, tables, notes at the foot below the text. Deleted and hidden text is left out.</summary>
internal sealed class WordReader
{
    private readonly TextLimit _text;

    private readonly WordStyles _styles;

    private readonly WordText _inline;

    private readonly List<(int Depth, string Marker, InlineText Text)> _items = [];

    private WordReader(TextLimit text, MainDocumentPart part)
    {
        _text = text;
        _styles = new WordStyles(part);
        _inline = new WordText(text, part);
    }

    public static void Write(TextLimit text, byte[] content)
    {
        using var file = WordprocessingDocument.Open(OfficeStream.Of(content), isEditable: true, OfficeStream.Settings);
        var part = file.MainDocumentPart ?? throw new UnreadableFileException(Reasons.Damaged);
        var reader = new WordReader(text, part);
        reader.WriteBlocks(part.Document?.Body ?? throw new UnreadableFileException(Reasons.Damaged));
        reader.WriteNotes(part);
    }

    private void WriteBlocks(OpenXmlElement container)
    {
        foreach (var block in container.ChildElements)
        {
            if (!_text.HasRoom)
            {
                break;
            }

            switch (block)
            {
                case Paragraph paragraph:
                    WriteParagraph(paragraph);
                    break;
                case Table table:
                    EndList();
                    WriteTable(table);
                    break;
                case SdtBlock { SdtContentBlock: { } content }:
                    WriteBlocks(content);
                    break;
                case CustomXmlBlock or InsertedRun:
                    WriteBlocks(block);
                    break;
            }
        }

        EndList();
    }

    private void WriteParagraph(Paragraph paragraph)
    {
        var text = _inline.Of(paragraph);
        if (text.IsEmpty)
        {
            return;
        }

        if (_styles.HeadingLevel(paragraph) is { } level)
        {
            EndList();
            _text.Builder.Heading(level, text, AnchorText.Of(paragraph.InnerText));
        }
        else if (_styles.ListDepth(paragraph) is { } list)
        {
            _items.Add((list.Depth, list.Marker, text));
        }
        else
        {
            EndList();
            _text.Builder.Paragraph(text);
        }
    }

    private void EndList()
    {
        if (_items.Count > 0)
        {
            _text.Builder.List(_items);
            _items.Clear();
        }
    }

    /// <summary>Tables within a cell are read as its text.</summary>
    private void WriteTable(Table table)
    {
        var rows = table.Elements<TableRow>().ToList();
        var cells = rows.Select(row => (IReadOnlyList<InlineText>)[.. row.Descendants<TableCell>().Where(cell => cell.Ancestors<TableRow>().First() == row).SelectMany(Cells)]).ToList();
        var hasHeader = rows.Count > 1 && (rows[0].TableRowProperties?.GetFirstChild<TableHeader>() is not null || WordStyles.MarksFirstRow(table));
        _text.Builder.Table(hasHeader ? cells[0] : null, hasHeader ? cells[1..] : cells);
    }

    private IEnumerable<InlineText> Cells(TableCell cell)
    {
        var text = new InlineText();
        foreach (var paragraph in cell.Descendants<Paragraph>())
        {
            _inline.AddTo(text, paragraph);
            text.Break();
        }

        yield return text;
        for (var i = 1; i < Math.Clamp(cell.TableCellProperties?.GridSpan?.Val?.Value ?? 1, 1, 64); i++)
        {
            yield return new InlineText();
        }
    }

    private void WriteNotes(MainDocumentPart part)
    {
        foreach (var note in (part.FootnotesPart?.Footnotes?.Elements<Footnote>() ?? []).Cast<OpenXmlElement>().Concat(part.EndnotesPart?.Endnotes?.Elements<Endnote>() ?? []))
        {
            WriteBlocks(note);
        }
    }
}
