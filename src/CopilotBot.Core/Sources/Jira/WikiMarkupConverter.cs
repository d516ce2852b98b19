using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira;

/// <summary>Jira's wiki markup (REST v2) into a structured text. What is not understood stays as it stands.</summary>
public static partial class WikiMarkupConverter
{
    private const int MaximumDepth = 16;

    public static StructuredText Convert(string markup)
    {
        var builder = new StructuredTextBuilder();
        Write(builder, markup);
        return builder.Build();
    }

    /// <summary>Appends a text.</summary>
    public static void Write(StructuredTextBuilder builder, string markup)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(markup);
        Blocks(builder, markup.ReplaceLineEndings("\n").Split('\n'), 0);
    }

    private static void Blocks(StructuredTextBuilder builder, ReadOnlySpan<string> lines, int depth)
    {
        var paragraph = new List<string>();
        for (var i = 0; i < lines.Length;)
        {
            var taken = depth > MaximumDepth ? 0 : Fence(builder, lines[i..], paragraph, depth);
            if (taken == 0)
            {
                taken = Block(builder, lines[i..], paragraph);
            }

            if (taken == 0)
            {
                paragraph.Add(lines[i]);
                taken = 1;
            }

            i += taken;
        }

        Flush(builder, paragraph);
    }

    /// <returns>How many lines were written; 0 when the first begins no block.</returns>
    private static int Block(StructuredTextBuilder builder, ReadOnlySpan<string> lines, List<string> paragraph)
    {
        var line = lines[0].Trim();
        if (line.Length == 0 || Rule().IsMatch(line))
        {
            Flush(builder, paragraph);
            return 1;
        }

        if (Heading().Match(line) is { Success: true } heading)
        {
            Flush(builder, paragraph);
            var text = WikiInline.Read(heading.Groups["text"].Value);
            builder.Heading(heading.Groups["level"].Value[0] - '0', text, Anchor(heading.Groups["text"].Value));
            return 1;
        }

        if (line.StartsWith("bq. ", StringComparison.Ordinal))
        {
            Flush(builder, paragraph);
            builder.Callout("quote", null, () => builder.Paragraph(WikiInline.Read(line[4..])));
            return 1;
        }

        if (line[0] == '|')
        {
            Flush(builder, paragraph);
            return Table(builder, lines);
        }

        if (!Item().IsMatch(line))
        {
            return 0;
        }

        Flush(builder, paragraph);
        return List(builder, lines);
    }

    private static int List(StructuredTextBuilder builder, ReadOnlySpan<string> lines)
    {
        var items = new List<(int Depth, string Marker, InlineText Text)>();
        var numbers = new int[MaximumDepth + 1];
        var count = 0;
        while (count < lines.Length && Item().Match(lines[count].Trim()) is { Success: true } item)
        {
            var bullets = item.Groups["bullets"].Value;
            var depth = Math.Min(bullets.Length, MaximumDepth) - 1;
            Array.Clear(numbers, depth + 1, MaximumDepth - depth);
            numbers[depth]++;
            var text = item.Groups["text"].Value;
            count++;

            // A line that begins nothing goes on with the item above it.
            while (count < lines.Length && lines[count].Trim() is { Length: > 0 } more && Begin().IsMatch(more) is false)
            {
                text += "\n" + more;
                count++;
            }

            items.Add((depth, bullets[^1] == '#' ? $"{numbers[depth]}." : "-", WikiInline.Read(text)));
        }

        builder.List(items);
        return count;
    }

    private static int Table(StructuredTextBuilder builder, ReadOnlySpan<string> lines)
    {
        IReadOnlyList<InlineText>? header = null;
        var rows = new List<IReadOnlyList<InlineText>>();
        var count = 0;
        while (count < lines.Length && lines[count].TrimStart().StartsWith('|'))
        {
            var row = lines[count++].Trim();

            // A cell may hold lines of its own until its row is closed.
            while (!row.EndsWith('|') && count < lines.Length && lines[count].Trim() is { Length: > 0 } more && more[0] != '|')
            {
                row += "\n" + more;
                count++;
            }

            var isHeader = row.StartsWith("||", StringComparison.Ordinal);
            var cells = WikiInline.Cells(row).Select(WikiInline.Read).ToList();
            if (isHeader && header is null && rows.Count == 0)
            {
                header = cells;
            }
            else
            {
                rows.Add(cells);
            }
        }

        builder.Table(header, rows);
        return count;
    }

    private static int Fence(StructuredTextBuilder builder, ReadOnlySpan<string> lines, List<string> paragraph, int depth)
    {
        if (FenceStart().Match(lines[0]) is not { Success: true } start)
        {
            return 0;
        }

        var kind = start.Groups["kind"].Value.ToLowerInvariant();
        var end = $"{{{kind}}}";
        var content = new List<string>();
        var rest = lines[0][(start.Index + start.Length)..];
        var count = 1;
        int at;
        while ((at = rest.IndexOf(end, StringComparison.OrdinalIgnoreCase)) < 0 && count < lines.Length)
        {
            content.Add(rest);
            rest = lines[count++];
        }

        content.Add(at < 0 ? rest : rest[..at]);
        paragraph.Add(lines[0][..start.Index]);
        Flush(builder, paragraph);
        WriteFence(builder, kind, start.Groups["options"].Value, [.. content], depth);
        if (at >= 0 && rest[(at + end.Length)..].Trim() is { Length: > 0 } after)
        {
            Blocks(builder, [after], depth + 1);
        }

        return count;
    }

    private static void WriteFence(StructuredTextBuilder builder, string kind, string options, string[] content, int depth)
    {
        switch (kind)
        {
            case "code" or "noformat":
                builder.Code(string.Join('\n', content), kind == "code" ? Language(options) : "");
                break;
            default:
                var title = Title().Match(options).Groups["title"].Value;
                builder.Callout(kind, title.Length == 0 ? null : new InlineText(title), () => Blocks(builder, content, depth + 1));
                break;
        }
    }

    private static void Flush(StructuredTextBuilder builder, List<string> paragraph)
    {
        builder.Paragraph(WikiInline.Read(string.Join('\n', paragraph)));
        paragraph.Clear();
    }

    private static string Language(string options)
    {
        var first = options.Split('|').FirstOrDefault(option => !option.Contains('=', StringComparison.Ordinal) || option.StartsWith("language=", StringComparison.Ordinal)) ?? "";
        return first.Replace("language=", "", StringComparison.Ordinal).Trim();
    }

    private static string Anchor(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex(@"^h(?<level>[1-6])\.\s+(?<text>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<bullets>[*#]+|-)\s+(?<text>\S.*)$")]
    private static partial Regex Item();

    [GeneratedRegex(@"^(h[1-6]\. |bq\. |\||([*#]+|-)\s|\{(code|noformat|quote|panel|info|note|warning|tip)\b)")]
    private static partial Regex Begin();

    [GeneratedRegex(@"^-{4,}$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"\{(?<kind>code|noformat|quote|panel|info|note|warning|tip)(:(?<options>[^}\n]*))?\}", RegexOptions.IgnoreCase)]
    private static partial Regex FenceStart();

    [GeneratedRegex(@"(^|\|)title=(?<title>[^|]*)")]
    private static partial Regex Title();

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoAnchor();
}
