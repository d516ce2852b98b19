namespace CopilotBot.Channels;

/// <summary>Tells a question from the talk around it, where people speak in a thread without naming the bot.</summary>
internal static class FollowUp
{
    private static readonly HashSet<string> Openers = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "are", "can", "could", "did", "do", "does", "has", "have", "how", "is", "may", "must", "or", "should", "was", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "would",
    };

    /// <summary>A question mark, or a question's first word with something after it.</summary>
    public static bool IsQuestion(string text)
    {
        var words = text.Split([' ', ',', '\'', '’'], StringSplitOptions.RemoveEmptyEntries);
        return text.Contains('?', StringComparison.Ordinal) || (words.Length > 2 && Openers.Contains(words[0]));
    }
}
