using System.Text;
using CopilotBot.Knowledge;

namespace CopilotBot.Sources.Attachments;

/// <summary>CSV (RFC 4180) with comma, semicolon or tab, whichever the first line has most of; that line is the header row.</summary>
internal static class DelimitedText
{
    private const int MaximumColumns = 256;

    public static void Write(TextLimit text, string plain)
    {
        var rows = Rows(plain).Where(row => row.Any(cell => cell.Length > 0)).Select(row => (IReadOnlyList<InlineText>)[.. row.Select(cell => new InlineText(cell))]).ToList();
        if (rows.Count > 0)
        {
            text.Builder.Table(rows[0], rows[1..]);
        }
    }

    private static char SeparatorOf(string plain)
    {
        var line = plain.AsSpan(0, plain.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : plain.Length).ToString();
        return ",;\t".MaxBy(separator => line.Count(c => c == separator));
    }

    private static IEnumerable<List<string>> Rows(string plain)
    {
        var separator = SeparatorOf(plain);
        var row = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            if (c == '"' && isQuoted && i + 1 < plain.Length && plain[i + 1] == '"')
            {
                cell.Append(plain[++i]);
            }
            else if (c == '"' && (isQuoted || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || (c != separator && c != '\n'))
            {
                cell.Append(c);
            }
            else
            {
                End(row, cell);
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
        }

        End(row, cell);
        yield return row;
    }

    private static void End(List<string> row, StringBuilder cell)
    {
        if (row.Count < MaximumColumns)
        {
            row.Add(cell.ToString().TrimEnd('\r'));
        }

        cell.Clear();
    }
}
