namespace CopilotBot.Pages;

/// <summary>How long ago something was changed, in the words people use.</summary>
internal static class Age
{
    public static string Describe(DateTimeOffset then, DateTimeOffset now)
    {
        var days = (int)(now - then).TotalDays;
        return days switch
        {
            < 1 => "today",
            1 => "yesterday",
            < 60 => $"{days} days ago",
            < 730 => $"{days / 30} months ago",
            _ => $"{days / 365} years ago",
        };
    }
}
