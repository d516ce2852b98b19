namespace CopilotBot.Channels.Rendering;

/// <summary>What messages without an answer say.</summary>
internal static class NoticeWords
{
    public static string Of(Notice notice) => notice switch
    {
        Notice.Looking => "Looking that up …",
        Notice.Busy => "I am busy right now; I will answer here.",
        Notice.More => "…",
        Notice.Withdrawn => "The question was deleted, and my answer with it.",
        _ => throw new ArgumentOutOfRangeException(nameof(notice)),
    };
}
