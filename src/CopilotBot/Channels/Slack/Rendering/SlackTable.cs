using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>A table of an answer, as many rows as one message takes.</summary>
internal static class SlackTable
{
    private const int MostRows = 100;

    private const int MostColumns = 20;

    /// <summary>Tried in turn until the header and one row fit; the last always does.</summary>
    private static readonly int[] LongestCells = [300, 150, 75, 20];

    /// <param name="maximum">Characters of the blocks as JSON.</param>
    /// <returns>The table, and a remark where it is not all of it.</returns>
    public static JsonObject[] Create(MarkdownTable table, int maximum)
    {
        var remark = SlackBlocks.Context("The rest of the table is left out: it would not fit.");
        IReadOnlyList<IReadOnlyList<string>> rows = [table.Header, .. table.Rows.Take(MostRows - 1)];
        var left = maximum - SlackMessage.LengthOf(remark) - SlackMessage.LengthOf(Write(rows[0], []));
        var longest = LongestCells.First(longest => longest == LongestCells[^1] || rows.Take(2).Sum(row => SlackMessage.LengthOf(Row(row, longest)) + 1) <= left);
        var shown = new List<JsonArray>();
        foreach (var row in rows.Select(row => Row(row, longest)).TakeWhile(row => (left -= SlackMessage.LengthOf(row) + 1) >= 0))
        {
            shown.Add(row);
        }

        var block = Write(table.Header, shown);
        return shown.Count == table.Rows.Count + 1 && table.Header.Count <= MostColumns ? [block] : [block, remark];
    }

    private static JsonObject Write(IReadOnlyList<string> header, IEnumerable<JsonArray> rows) => new()
    {
        ["type"] = "table",
        ["column_settings"] = new JsonArray([.. header.Take(MostColumns).Select(_ => new JsonObject { ["is_wrapped"] = true })]),
        ["rows"] = new JsonArray([.. rows]),
    };

    /// <summary>An empty cell is a dash: other texts of blocks may not be empty, and nobody says that cells may.</summary>
    private static JsonArray Row(IReadOnlyList<string> cells, int longest) => new([.. cells.Take(MostColumns).Select(cell => new JsonObject
    {
        ["type"] = "raw_text",
        ["text"] = PlainText.Clip(cell, longest) is { Length: > 0 } words ? SlackPlain.Inert(words) : "–",
    })]);
}
