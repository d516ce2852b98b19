using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>The tables of an answer, as many rows as fit.</summary>
internal static class TablesCard
{
    private const int MostTables = 8;

    private const int MostColumns = 8;

    private const int LongestName = 80;

    /// <summary>Eight cells of this length always fit, whatever they hold.</summary>
    private const int LongestCell = 200;

    public static JsonObject Create(IReadOnlyList<MarkdownTable> tables)
    {
        var (count, rows) = (Math.Min(tables.Count, MostTables), tables.Max(table => table.Rows.Count));
        var card = Write(tables, count, rows);
        while (!CardJson.Fits(card) && (rows > 1 || count > 1))
        {
            (count, rows) = rows > 1 ? (count, rows / 2) : (count - 1, rows);
            card = Write(tables, count, rows);
        }

        return card;
    }

    private static JsonObject Write(IReadOnlyList<MarkdownTable> tables, int count, int rows)
    {
        var body = new JsonArray();
        foreach (var table in tables.Take(count))
        {
            body.Add(Table(table, rows));
        }

        if (count < tables.Count || tables.Any(table => table.Rows.Count > rows))
        {
            body.Add(CardJson.Subtle("The rest of the table is left out: it would not fit."));
        }

        return CardJson.Card(body);
    }

    private static JsonObject Table(MarkdownTable table, int rows) => new()
    {
        ["type"] = "Table",
        ["columns"] = new JsonArray([.. table.Header.Take(MostColumns).Select(_ => new JsonObject { ["width"] = 1 })]),
        ["rows"] = new JsonArray([Row(table.Header, isHeader: true), .. table.Rows.Take(rows).Select(row => Row(row, isHeader: false))]),
        ["fallback"] = CardJson.Subtle("There is a table here that this version of Teams does not show."),
    };

    private static JsonObject Row(IReadOnlyList<string> cells, bool isHeader) => new()
    {
        ["type"] = "TableRow",
        ["cells"] = new JsonArray([.. cells.Take(MostColumns).Select(cell => new JsonObject
        {
            ["type"] = "TableCell",
            ["items"] = cell.Length == 0 ? new JsonArray() : new JsonArray(isHeader ? CardJson.Heading(Words(cell, LongestName)) : CardJson.Text(Words(cell, LongestCell))),
        })]),
    };

    private static string Words(string cell, int longest) => TeamsMarkdown.Escape(PlainText.Clip(cell, longest));
}
