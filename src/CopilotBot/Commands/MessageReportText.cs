using System.Globalization;
using CopilotBot.Evaluation.Messages;
using CopilotBot.Evaluation.Reports;

namespace CopilotBot.Commands;

/// <summary>What `extract eval` prints for people.</summary>
internal static class MessageReportText
{
    private const int MostConfusions = 12;

    public static string Describe(MessageReport report, DateOnly today)
    {
        List<string> parts = [$"{report.Set}, {report.Split}: {report.N} messages; {today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; {Machine.Describe()}", Engines(report).ToMarkdown()];
        if (report.BySlot.Count > 0)
        {
            parts.Add(Parts("slot", report.BySlot).ToMarkdown());
        }

        if (report.ByField.Count > 0)
        {
            parts.Add("Fields: values after normalisation\n" + Parts("field", report.ByField).ToMarkdown());
        }

        if (report.ByStyle.Count > 0)
        {
            parts.Add(new ReportTable("", ["style", "messages", "intent", "slot F1", "field F1", "all right"], 1, [.. report.ByStyle.Select(style => Row(style.Key, Count(style.Value.N), Share(style.Value.IntentAccuracy), Share(style.Value.SlotF1), Share(style.Value.FieldMicroF1), Share(style.Value.Exact)))]).ToMarkdown());
        }

        foreach (var group in report.Confusions.GroupBy(confusion => confusion.Of))
        {
            parts.Add(new ReportTable("", [$"{group.Key} expected", "found", "times"], 2, [.. group.Take(MostConfusions).Select(confusion => Row(confusion.Expected, confusion.Found, Count(confusion.Count)))]).ToMarkdown());
        }

        return string.Join("\n\n", parts);
    }

    private static ReportTable Engines(MessageReport report)
    {
        var columns = new[] { "engine", "intent", "out-of-scope recall", "slot F1", "field F1", "all right", "p50 ms", "p95 ms" };
        MessageReport[] all = report.Llm is null ? [report] : [report, report.Llm];
        return new ReportTable("", [.. columns, .. all.Any(one => one.Cost is not null) ? ["tokens in, out", "cost per 1,000", "values dropped", "no reading"] : Array.Empty<string>()], 1, [.. all.Select(one => Engine(one, all))]);
    }

    private static string[] Engine(MessageReport report, MessageReport[] all)
    {
        var row = Row(report.Engine, Share(report.IntentAccuracy), Share(report.OutOfScopeRecall), Share(report.SlotF1), Share(report.FieldMicroF1), Share(report.Exact), Time(report.LatencyMs.P50), Time(report.LatencyMs.P95));
        return all.Any(one => one.Cost is not null)
            ? [.. row, .. report.Cost is { } cost ? Row($"{Time(cost.InputTokens)}, {Time(cost.OutputTokens)}", cost.PerThousand?.ToString("0.00", CultureInfo.InvariantCulture) ?? "no prices set", Count(cost.Dropped), Count(cost.Failed)) : Row("-", "0", "-", "-")]
            : row;
    }

    private static ReportTable Parts(string name, IReadOnlyDictionary<string, PartScore> parts) => new(
        "", [name, "expected", "found", "right", "F1"], 1, [.. parts.Select(part => Row(part.Key, Count(part.Value.Expected), Count(part.Value.Found), Count(part.Value.Right), Share(part.Value.F1)))]);

    private static string[] Row(params string[] cells) => cells;

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Time(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
