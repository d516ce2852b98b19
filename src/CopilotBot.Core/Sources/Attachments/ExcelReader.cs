using CopilotBot.Knowledge;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CopilotBot.Sources.Attachments;

/// <summary>An XLSX: each sheet that is shown is a heading and a table whose first row with text is the header. Cells show their last value, never a formula.</summary>
internal sealed class ExcelReader(TextLimit text, ExcelValues values)
{
    /// <summary>Sheets with more columns are forms or data, where a row is no sentence any more.</summary>
    private const int MaximumColumns = 256;

    public static void Write(TextLimit text, byte[] content)
    {
        using var file = SpreadsheetDocument.Open(OfficeStream.Of(content), isEditable: true, OfficeStream.Settings);
        var book = file.WorkbookPart ?? throw new UnreadableFileException(Reasons.Damaged);
        var reader = new ExcelReader(text, new ExcelValues(book));
        foreach (var sheet in book.Workbook?.Sheets?.Elements<Sheet>() ?? [])
        {
            var isShown = sheet.State?.Value is not { } state || state == SheetStateValues.Visible;
            if (isShown && text.HasRoom && sheet.Id?.Value is { } id && book.TryGetPartById(id, out var part) && part is WorksheetPart worksheet)
            {
                reader.WriteSheet(sheet.Name?.Value ?? "", worksheet);
            }
        }
    }

    private void WriteSheet(string name, WorksheetPart part)
    {
        var rows = new List<IReadOnlyList<InlineText>>();
        var length = 0;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Row) && reader.IsStartElement && reader.LoadCurrentElement() is Row row && Cells(row, ref length) is { Count: > 0 } cells)
            {
                rows.Add(cells);
            }

            if (text.IsReached)
            {
                break;
            }
        }

        if (rows.Count > 0)
        {
            text.Builder.Heading(1, new InlineText(name), AnchorText.Of(name));
            text.Builder.Table(rows[0], rows[1..]);
        }
    }

    /// <returns>Cells by column, with empty ones for those that the file leaves out; empty for a row without text.</returns>
    private List<InlineText> Cells(Row row, ref int length)
    {
        var cells = new List<InlineText>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
            var value = column < MaximumColumns && column >= cells.Count ? values.Of(cell) : "";
            if (value.Length > 0)
            {
                cells.AddRange(Enumerable.Range(0, column - cells.Count).Select(_ => new InlineText()));
                cells.Add(new InlineText(text.Fit(value, length)));
                length += value.Length;
            }
        }

        length += cells.Count * 3;
        return cells.Exists(cell => !cell.IsEmpty) ? cells : [];
    }

    /// <summary>"C7" is column 2; null where the cell does not say.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper).Take(4))
        {
            column = (column * 26) + letter - 'A' + 1;
        }

        return column == 0 ? null : column - 1;
    }
}
