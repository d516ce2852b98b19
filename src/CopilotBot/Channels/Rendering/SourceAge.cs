using System.Globalization;
using CopilotBot.Answering;

namespace CopilotBot.Channels.Rendering;

/// <summary>How long ago a source was changed.</summary>
internal static class SourceAge
{
    /// <summary>"updated 3 months ago"; at most 28 characters, which a keyword of a citation may have.</summary>
    public static string Describe(DateTimeOffset updated, DateTimeOffset now) => $"updated {Age.Describe(updated, now)}";

    public static string DescribeWithDate(DateTimeOffset updated, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Describe(updated, now)} ({updated:yyyy-MM-dd})");
}
