using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using DocumentFormat.OpenXml.Spreadsheet;
using Drawing = DocumentFormat.OpenXml.Drawing;
using Font = DocumentFormat.OpenXml.Spreadsheet.Font;
using Text = DocumentFormat.OpenXml.Spreadsheet.Text;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace CopilotBot.Tests.Sources.Attachments;

/// <summary>Office files, made here.</summary>
internal static class OfficeFiles
{
    /// <param name="body">What stands in "w:body", with the prefix w.</param>
    public static byte[] Word(string body)
    {
        var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var part = document.AddMainDocumentPart();
            part.AddNewPart<StyleDefinitionsPart>().Styles = new W.Styles(
                new W.Style(new W.StyleName { Val = "heading 2" }) { StyleId = "Kop2", Type = W.StyleValues.Paragraph },
                new W.Style(new W.StyleName { Val = "Mine" }, new W.BasedOn { Val = "Kop2" }) { StyleId = "Mine", Type = W.StyleValues.Paragraph });
            part.AddNewPart<NumberingDefinitionsPart>().Numbering = new W.Numbering(
                new W.AbstractNum(new W.Level(new W.NumberingFormat { Val = W.NumberFormatValues.Decimal }) { LevelIndex = 0 }) { AbstractNumberId = 1 },
                new W.NumberingInstance(new W.AbstractNumId { Val = 1 }) { NumberID = 7 });
            part.AddHyperlinkRelationship(new Uri("https://halvorne.example/kelp"), isExternal: true, "link1");
            part.Document = new W.Document($"""
                <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}</w:body></w:document>
                """);
        }

        return file.ToArray();
    }

    /// <summary>Cells as they stand: a text, a number, or a day.</summary>
    public static byte[] Excel(params (string Name, object?[][] Rows, bool IsHidden)[] sheets)
    {
        var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }));
            book.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable();
            book.Workbook = new Workbook(new Sheets());
            foreach (var (name, rows, isHidden) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(rows.Select((row, i) => new Row(row.SelectMany((value, column) => CellOf(book, value, $"{(char)('A' + column)}{i + 1}"))))));
                book.Workbook.Sheets!.Append(new Sheet
                {
                    Name = name,
                    SheetId = (uint)book.Workbook.Sheets.Count() + 1,
                    Id = book.GetIdOfPart(part),
                    State = isHidden ? SheetStateValues.Hidden : SheetStateValues.Visible,
                });
            }
        }

        return file.ToArray();
    }

    public static byte[] PowerPoint(params (string Title, string[] Lines, string Notes)[] slides)
    {
        var file = new MemoryStream();
        using (var document = PresentationDocument.Create(file, PresentationDocumentType.Presentation))
        {
            var part = document.AddPresentationPart();
            part.Presentation = new Presentation(new SlideIdList());
            foreach (var (title, lines, notes) in slides)
            {
                var slide = part.AddNewPart<SlidePart>();
                slide.Slide = new Slide(new CommonSlideData(Tree(ShapeOf(PlaceholderValues.Title, title), ShapeOf(PlaceholderValues.Body, lines))));
                if (notes.Length > 0)
                {
                    slide.AddNewPart<NotesSlidePart>().NotesSlide = new NotesSlide(new CommonSlideData(Tree(ShapeOf(PlaceholderValues.Body, notes), ShapeOf(PlaceholderValues.SlideNumber, "1"))));
                }

                part.Presentation.SlideIdList!.Append(new SlideId { Id = 256 + (uint)part.Presentation.SlideIdList.Count(), RelationshipId = part.GetIdOfPart(slide) });
            }
        }

        return file.ToArray();
    }

    private static IEnumerable<Cell> CellOf(WorkbookPart book, object? value, string reference)
    {
        switch (value)
        {
            case string text:
                var shared = book.SharedStringTablePart!.SharedStringTable!;
                shared.Append(new SharedStringItem(new Text(text)));
                yield return new Cell(new CellValue($"{shared.Count() - 1}")) { CellReference = reference, DataType = CellValues.SharedString };
                break;
            case DateTime day:
                yield return new Cell(new CellValue(day.ToOADate())) { CellReference = reference, StyleIndex = 1 };
                break;
            case double number:
                yield return new Cell(new CellValue(number)) { CellReference = reference };
                break;
        }
    }

    private static ShapeTree Tree(params Shape[] shapes) => new(
        [
            new NonVisualGroupShapeProperties(new NonVisualDrawingProperties { Id = 1, Name = "" }, new NonVisualGroupShapeDrawingProperties(), new ApplicationNonVisualDrawingProperties()),
            new GroupShapeProperties(), .. shapes,
        ]);

    private static Shape ShapeOf(PlaceholderValues kind, params string[] lines) => new(
        new NonVisualShapeProperties(
            new NonVisualDrawingProperties { Id = 2, Name = "" }, new NonVisualShapeDrawingProperties(), new ApplicationNonVisualDrawingProperties(new PlaceholderShape { Type = kind })),
        new ShapeProperties(),
        new TextBody(
            [new Drawing.BodyProperties(), .. lines.Select(line => new Drawing.Paragraph(new Drawing.Run(new Drawing.Text(line))))]));
}
