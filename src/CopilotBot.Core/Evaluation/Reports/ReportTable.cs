namespace CopilotBot.Evaluation.Reports;

/// <summary>A table before it is Markdown or HTML.</summary>
/// <param name="TextColumns">How many columns from the left are words; the others are figures.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Columns, int TextColumns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public string ToMarkdown() => string.Join('\n',
    [
        Line(Columns),
        $"|{string.Concat(Columns.Select(_ => "---|"))}",
        .. Rows.Select(Line),
    ]);

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
