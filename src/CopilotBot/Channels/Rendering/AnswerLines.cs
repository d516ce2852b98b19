using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Rendering;

/// <summary>The text of an answer taken apart: paragraphs, list items and tables, which neither Teams nor Slack shows within a message's text.</summary>
internal sealed partial record AnswerLines(IReadOnlyList<AnswerLine> Lines, IReadOnlyList<MarkdownTable> Tables)
{
    public static AnswerLines Parse(string text)
    {
        string[] rows = [.. text.ReplaceLineEndings("\n").Split('\n').Select(PlainText.OneLine).Where(row => row.Length > 0)];
        var lines = new List<AnswerLine>();
        var tables = new List<MarkdownTable>();
        for (var at = 0; at < rows.Length; at++)
        {
            if (!IsTableAt(rows, at))
            {
                lines.Add(ParseLine(rows[at]));
                continue;
            }

            var end = at + 2;
            while (end < rows.Length && rows[end].Contains('|', StringComparison.Ordinal) && !IsTableAt(rows, end))
            {
                end++;
            }

            tables.Add(ParseTable(rows[at..end]));

            // The markers stay in the text: Teams would not attach a source that only a table names otherwise.
            var markers = rows[at..end].SelectMany(row => Marker().Matches(row)).Select(marker => marker.Value).Distinct();
            lines.Add(new AnswerLine("", string.Join(' ', ["(table below)", .. markers])));
            at = end - 1;
        }

        return new AnswerLines(lines, tables);
    }

    private static AnswerLine ParseLine(string row) => Item().Match(row) is { Success: true } item
        ? new AnswerLine(item.Groups[1].Success ? $"{item.Groups[1].Value}. " : "- ", row[item.Length..])
        : new AnswerLine("", row);

    private static bool IsTableAt(string[] rows, int at) =>
        at + 1 < rows.Length && rows[at].Contains('|', StringComparison.Ordinal) && Rule().IsMatch(rows[at + 1]) && Cells(rows[at]).Count == Cells(rows[at + 1]).Count;

    private static MarkdownTable ParseTable(string[] rows)
    {
        var header = Cells(rows[0]);
        return new MarkdownTable(header, [.. rows.Skip(2).Select(row => (IReadOnlyList<string>)[.. Cells(row).Concat(Enumerable.Repeat("", header.Count)).Take(header.Count)])]);
    }

    private static List<string> Cells(string row)
    {
        // "| a | b | [1]": the marker of the sentence belongs to the last cell.
        var trailing = TrailingMarkers().Match(row).Value;
        var inner = row[..^trailing.Length].Trim();
        inner = inner.StartsWith('|') ? inner[1..] : inner;
        inner = inner.EndsWith('|') && !inner.EndsWith(@"\|", StringComparison.Ordinal) ? inner[..^1] : inner;
        List<string> cells = [.. Pipe().Split(inner).Select(cell => cell.Replace(@"\|", "|", StringComparison.Ordinal).Trim())];
        cells[^1] = $"{cells[^1]} {trailing.Trim()}".Trim();
        return cells;
    }

    [GeneratedRegex(@"^(?:[-•*+]|([0-9]{1,3})[.)]) (?=\S)")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\|? ?:?-+:? ?(?:\| ?:?-+:? ?)*\|?(?: ?\[[0-9]{1,3}\])*$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<=\|)(?: ?\[[0-9]{1,3}\])+$")]
    private static partial Regex TrailingMarkers();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Pipe();

    [GeneratedRegex(@"\[[0-9]{1,3}\]")]
    private static partial Regex Marker();
}
