namespace CopilotBot.Evaluation.Reports;

/// <summary>Reports as the Markdown tables of docs/retrieval.md.</summary>
public static class MarkdownReport
{
    public static string Write(IReadOnlyList<StoredReport> reports, IReadOnlyList<StoredReport> before) =>
        string.Join("\n\n", ReportTables.Of(reports, before).Select(table => $"### {table.Title}\n\n{table.ToMarkdown()}"));
}
