namespace CopilotBot.Conversations;

/// <summary>What every channel takes as a question.</summary>
public static class QuestionText
{
    public const int MaximumLength = 2000;

    /// <summary>One sentence that says what to do, or null when the question can be asked.</summary>
    public static string? FindProblem(string? text) => text?.Trim() switch
    {
        null or "" => "The question is empty; type what you want to know.",
        { Length: > MaximumLength } question => $"The question has {question.Length} characters; shorten it to at most {MaximumLength}.",
        _ => null,
    };
}
