using CopilotBot.Answering;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>Questions that one press asks: about the pages that an answer touched but did not mainly come from. Nothing is invented, so there are often none.</summary>
internal static class SuggestedQuestions
{
    private const int Most = 2;

    /// <summary>A shortened title would no longer name its page.</summary>
    private const int LongestTitle = 60;

    public static IReadOnlyList<string> For(Answer answer, string question) =>
    [
        .. answer.Citations.DistinctBy(citation => citation.DocumentId).Skip(1).Select(citation => citation.Title).Prepend(answer.Related?.Title ?? "")
            .Select(PlainText.OneLine)
            .Where(title => title.Length is > 0 and <= LongestTitle)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(title => $"What does “{title}” say?")
            .Where(suggestion => !string.Equals(suggestion, question.Trim(), StringComparison.OrdinalIgnoreCase))
            .Take(Most),
    ];
}
