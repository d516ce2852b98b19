using CopilotBot.Answering;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>The visible messages of an answer (facts/slack.md §3).</summary>
internal static class SlackAnswerRenderer
{
    public static IReadOnlyList<SlackMessage> Render(Answer answer, SlackFrame frame) => throw new NotImplementedException();

    /// <summary>The Markdown of an answer that is not finished, as the first message of the finished one will begin; null where that cannot be said, as within a table.</summary>
    /// <param name="citations">How many sources it has so far.</param>
    public static string? Draft(string text, int citations, SlackFrame frame) => throw new NotImplementedException();
}
