using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CopilotBot.Sources.Attachments;

/// <summary>What a cell of an XLSX shows: shared texts, dates as yyyy-MM-dd, other numbers without their format.</summary>
internal sealed partial class ExcelValues
{
    private readonly List<string> _shared;

    /// <summary>By index of cell style.</summary>
    private readonly List<bool> _isDate;

    private readonly bool _is1904;

    public ExcelValues(WorkbookPart book)
    {
        _shared = [.. (book.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>() ?? []).Select(TextOf)];
        _is1904 = book.Workbook?.WorkbookProperties?.Date1904?.Value ?? false;
        var styles = book.WorkbookStylesPart?.Stylesheet;
        var own = (styles?.NumberingFormats?.Elements<NumberingFormat>() ?? []).Where(format => format.NumberFormatId?.Value is not null)
            .GroupBy(format => format.NumberFormatId!.Value).ToDictionary(group => group.Key, group => group.First().FormatCode?.Value ?? "");
        _isDate = [.. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(format => IsDate(format.NumberFormatId?.Value ?? 0, own))];
    }

    public string Of(Cell cell)
    {
        var raw = cell.CellValue?.Text ?? "";
        var type = cell.DataType?.Value ?? CellValues.Number;
        if (type == CellValues.SharedString)
        {
            return int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count ? _shared[index] : "";
        }

        if (type == CellValues.InlineString)
        {
            return cell.InlineString is { } inline ? string.Concat(inline.Descendants<Text>().Select(text => text.Text)) : "";
        }

        return type == CellValues.Boolean ? raw == "1" ? "TRUE" : "FALSE"
            : type == CellValues.Number ? Number(raw, cell.StyleIndex?.Value ?? 0)
            : raw;
    }

    /// <summary>Without the readings in another script that stand beside a text.</summary>
    private static string TextOf(SharedStringItem item) =>
        string.Concat(item.Descendants<Text>().Where(text => text.Parent is not PhoneticRun).Select(text => text.Text));

    private static bool IsDate(uint format, Dictionary<uint, string> own) => format switch
    {
        >= 14 and <= 22 or >= 45 and <= 47 => true,
        _ => own.TryGetValue(format, out var code) && DatePart().IsMatch(Quoted().Replace(code, "")),
    };

    private string Number(string raw, uint style)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return raw;
        }

        var days = _is1904 ? number + 1462 : number;
        if (style < _isDate.Count && _isDate[(int)style] && days is >= 0 and < 2_958_466)
        {
            var time = DateTime.FromOADate(days);
            return days < 1 ? time.ToString("HH:mm", CultureInfo.InvariantCulture)
                : time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        }

        // Fifteen digits are what Excel itself shows of a number: 0.1 + 0.2 is 0.3.
        return number.ToString("G15", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase)]
    private static partial Regex DatePart();

    /// <summary>Parts of a format code that are shown as they stand, and colours and conditions.</summary>
    [GeneratedRegex("""
        "[^"]*"|\[[^\]]*\]|\\.|_.|General
        """)]
    private static partial Regex Quoted();
}
