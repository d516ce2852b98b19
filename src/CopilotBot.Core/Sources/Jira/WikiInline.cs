using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Jira;

/// <summary>The words of a line of wiki markup: marks are dropped, links and line breaks are kept, images show their alternative text or nothing.</summary>
internal static partial class WikiInline
{
    public static InlineText Read(string markup)
    {
        var text = new InlineText();
        Write(text, markup);
        return text;
    }

    /// <summary>Cells of a row; bars in links and in monospaced words part nothing.</summary>
    public static IReadOnlyList<string> Cells(string row)
    {
        var (cells, cell, depth) = (new List<string>(), new StringBuilder(), 0);
        var inner = row.Trim().Trim('|');
        for (var i = 0; i < inner.Length; i++)
        {
            var c = inner[i];
            depth = c is '[' or '{' ? depth + 1 : c is ']' or '}' ? Math.Max(0, depth - 1) : depth;
            if (c == '\\' && i + 1 < inner.Length)
            {
                cell.Append(c).Append(inner[++i]);
            }
            else if (c != '|' || depth > 0)
            {
                cell.Append(c);
            }
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
                i += i + 1 < inner.Length && inner[i + 1] == '|' ? 1 : 0;
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    private static void Write(InlineText text, string markup)
    {
        var at = 0;
        foreach (Match match in Token().Matches(markup))
        {
            text.Add(markup[at..match.Index]);
            at = match.Index + match.Length;
            if (match.Groups["break"].Success)
            {
                text.Break();
            }
            else if (match.Groups["escaped"].Success)
            {
                text.Add(match.Groups["escaped"].Value);
            }
            else if (match.Groups["mono"].Success)
            {
                text.Add(match.Groups["mono"].Value);
            }
            else if (match.Groups["link"].Success)
            {
                WriteLink(text, match.Groups["link"].Value);
            }
            else if (match.Groups["alt"].Success)
            {
                text.Add(match.Groups["alt"].Value);
            }
            else if (match.Groups["url"].Success)
            {
                var url = match.Groups["url"].Value;
                text.Link(url, () => text.Add(url));
            }
            else if (match.Groups["marked"].Success)
            {
                Write(text, match.Groups["marked"].Value);
            }
        }

        text.Add(markup[at..]);
    }

    private static void WriteLink(InlineText text, string link)
    {
        var parts = link.Split('|');
        var target = (parts.Length > 1 ? parts[1] : parts[0]).Trim();
        var words = parts[0].Trim();
        if (target.StartsWith('~'))
        {
            var user = target[1..].Replace("accountid:", "", StringComparison.OrdinalIgnoreCase);
            text.Link($"user:{user}", () => text.Add(parts.Length > 1 ? words : $"@{user}"));
        }
        else if (target.StartsWith('^') || target.StartsWith('#'))
        {
            text.Add(parts.Length > 1 ? words : target[1..]);
        }
        else if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
        {
            text.Link(target, () => text.Add(parts.Length > 1 ? words : target.Replace("mailto:", "", StringComparison.Ordinal)));
        }
        else
        {
            // Brackets that are none of a link, as in "[WARN]".
            text.Add($"[{link}]");
        }
    }

    [GeneratedRegex(
        """
        (?<break>\\\\|\n)
        |\\(?<escaped>[\\*_\-+^~{}\[\]!|\#?])
        |\{\{(?<mono>.+?)\}\}
        |\[(?<link>[^\]\n]+)\]
        |!(?=\S+\.\w)[^!\s|]+(\|([^!\n]*?alt=(?<alt>[^,!|\n]*))?[^!\n]*)?!
        |\{(color|anchor)(:[^}\n]*)?\}
        |(?<url>https?://[^\s\[\]|{}"<>]*[^\s\[\]|{}"<>.,;:!?)*_])
        |(?<![\p{L}\p{N}])(?<mark>\?\?|[*_+^~])(?=\S)(?<marked>[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
