using System.Globalization;

namespace CopilotBot.Answering;

/// <summary>How long ago a source was changed, in the words people use; at most 20 characters.</summary>
public static class Age
{
    public static string Describe(DateTimeOffset then, DateTimeOffset now)
    {
        var days = (int)(now - then).TotalDays;
        return days switch
        {
            < 1 => "today",
            1 => "yesterday",
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{days} days ago"),
            < 730 => string.Create(CultureInfo.InvariantCulture, $"{days / 30} months ago"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{days / 365} years ago"),
        };
    }
}
