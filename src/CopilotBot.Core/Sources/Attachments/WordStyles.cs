using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CopilotBot.Sources.Attachments;

/// <summary>What the styles and numberings of a DOCX make of a paragraph. Styles inherit; a cycle among them ends after a few steps.</summary>
internal sealed class WordStyles
{
    private const int MaximumInheritance = 16;

    private readonly Dictionary<string, Style> _styles;

    private readonly Dictionary<(int Number, int Level), NumberFormatValues> _formats;

    public WordStyles(MainDocumentPart part)
    {
        _styles = (part.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? []).Where(style => style.StyleId?.Value is not null)
            .GroupBy(style => style.StyleId!.Value!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        _formats = Formats(part.NumberingDefinitionsPart?.Numbering);
    }

    public static bool MarksFirstRow(Table table)
    {
        var look = table.GetFirstChild<TableProperties>()?.TableLook;
        return look?.FirstRow?.Value ?? (int.TryParse(look?.Val?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits) && (bits & 0x20) != 0);
    }

    /// <summary>1 to 6; null where it is no heading.</summary>
    public int? HeadingLevel(Paragraph paragraph)
    {
        if (paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value is { } own and < 9)
        {
            return Math.Min(own + 1, 6);
        }

        foreach (var style in Chain(paragraph))
        {
            var name = style.StyleName?.Val?.Value ?? "";
            if (name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture, out var level))
            {
                return Math.Clamp(level, 1, 6);
            }

            if (name.Equals("title", StringComparison.OrdinalIgnoreCase))
            {
                return 1;
            }

            if (style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } outline and < 9)
            {
                return Math.Min(outline + 1, 6);
            }
        }

        return null;
    }

    public (int Depth, string Marker)? ListDepth(Paragraph paragraph)
    {
        var numbering = paragraph.ParagraphProperties?.NumberingProperties ?? Chain(paragraph).Select(style => style.StyleParagraphProperties?.NumberingProperties).FirstOrDefault(found => found is not null);
        if (numbering?.NumberingId?.Val?.Value is not ({ } number and > 0))
        {
            return null;
        }

        var level = Math.Clamp(numbering.NumberingLevelReference?.Val?.Value ?? 0, 0, 8);
        return (level, _formats.TryGetValue((number, level), out var format) && format != NumberFormatValues.Bullet && format != NumberFormatValues.None ? "1." : "-");
    }

    private static Dictionary<(int Number, int Level), NumberFormatValues> Formats(Numbering? numbering)
    {
        var formats = new Dictionary<(int, int), NumberFormatValues>();
        var kinds = (numbering?.Elements<AbstractNum>() ?? []).ToLookup(kind => kind.AbstractNumberId?.Value);
        foreach (var instance in numbering?.Elements<NumberingInstance>() ?? [])
        {
            foreach (var level in kinds[instance.AbstractNumId?.Val?.Value].SelectMany(kind => kind.Elements<Level>()))
            {
                if (instance.NumberID?.Value is { } number && level.LevelIndex?.Value is { } index && level.NumberingFormat?.Val?.Value is { } format)
                {
                    formats.TryAdd((number, index), format);
                }
            }
        }

        return formats;
    }

    private IEnumerable<Style> Chain(Paragraph paragraph)
    {
        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        for (var step = 0; step < MaximumInheritance && id is not null && _styles.TryGetValue(id, out var style); step++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }
}
