using System.Globalization;
using System.Text;
using CopilotBot.Extraction.Training;

namespace CopilotBot.Commands;

/// <summary>Training reports and figures of taggers, for people.</summary>
internal static class TrainingText
{
    public static string Describe(TrainingReport report)
    {
        var text = new StringBuilder();
        var sizes = report.Sizes;
        text.AppendLine(CultureInfo.InvariantCulture, $"set      {report.Set}: {sizes.Train} train, {sizes.Dev} dev, {sizes.Test} test; {sizes.Intents} intents, {sizes.Tags} tags");
        text.AppendLine(CultureInfo.InvariantCulture, $"base     {report.Base}, seed {report.Seed}");
        text.AppendLine(CultureInfo.InvariantCulture, $"intents  pooling {report.Pooling}, penalty {report.IntentL2}, {report.Epochs.Intents} epochs, temperature {report.Temperature:0.00}{(report.OutOfScopeThreshold is { } line ? $", out of scope below {line:0.000}" : "")}");
        if (report.TagContext is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"tags     context {report.TagContext}, penalty {report.TagL2}, {report.Epochs.Tags} epochs");
        }

        var seconds = report.Seconds;
        text.AppendLine(CultureInfo.InvariantCulture, $"seconds  {seconds.States + seconds.Intents + seconds.Tags:0}: states {seconds.States:0}, intents {seconds.Intents:0}, tags {seconds.Tags:0}; {Machine.Describe()}");
        text.Append(Compare([("dev", report.Dev), .. report.Test is { } test ? new[] { ("test", test) } : []]));
        return text.ToString();
    }

    /// <summary>A table: one line of figures for each name.</summary>
    public static string Compare(IReadOnlyList<(string Name, TaggerFigures Figures)> rows)
    {
        var width = Math.Max(8, rows.Max(row => row.Name.Length));
        var text = new StringBuilder($"{"".PadRight(width)} {"messages",8} {"intent",8} {"slot F1",8} {"exact",8} {"out of scope found",18}");
        foreach (var (name, figures) in rows)
        {
            text.AppendLine();
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name.PadRight(width)} {figures.Messages,8} {figures.IntentAccuracy,8:0.0000} {figures.SlotF1,8:0.0000} {figures.Exact,8:0.0000} {figures.OutOfScopeRecall,18:0.0000}");
        }

        return text.ToString();
    }
}
