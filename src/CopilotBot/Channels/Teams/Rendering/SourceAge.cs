using System.Globalization;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>How long ago a source was changed, in the words people use.</summary>
internal static class SourceAge
{
    /// <summary>"updated 3 months ago"; at most 28 characters, which a keyword of a citation may have.</summary>
    public static string Describe(DateTimeOffset updated, DateTimeOffset now)
    {
        var days = (int)(now - updated).TotalDays;
        return days switch
        {
            < 1 => "updated today",
            1 => "updated yesterday",
            < 60 => string.Create(CultureInfo.InvariantCulture, $"updated {days} days ago"),
            < 730 => string.Create(CultureInfo.InvariantCulture, $"updated {days / 30} months ago"),
            _ => string.Create(CultureInfo.InvariantCulture, $"updated {days / 365} years ago"),
        };
    }

    public static string DescribeWithDate(DateTimeOffset updated, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{Describe(updated, now)} ({updated:yyyy-MM-dd})");
}
