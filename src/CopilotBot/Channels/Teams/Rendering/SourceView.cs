using System.Text.Json.Nodes;
using CopilotBot.Channels.Rendering;
using CopilotBot.Knowledge;

namespace CopilotBot.Channels.Teams.Rendering;

/// <summary>How cards show a source: title, place, age and the words that support the answer.</summary>
internal static class SourceView
{
    private const int LongestPath = 200;

    public static string Title(Citation citation) => TeamsMarkdown.Link(citation.Title, citation.Url);

    /// <summary>"Laptops › Repair · updated 3 months ago (2026-05-20)".</summary>
    public static string Place(Citation citation, DateTimeOffset now)
    {
        var age = SourceAge.DescribeWithDate(citation.Updated, now);
        return citation.HeadingPath.Count == 0 ? age : $"{TeamsMarkdown.Escape(PlainText.Clip(string.Join(" › ", citation.HeadingPath), LongestPath))} · {age}";
    }

    /// <returns>Null when the source has no quote.</returns>
    public static JsonObject? Quote(Citation citation, int longest, int? lines)
    {
        if (PlainText.Clip(citation.Quote, longest) is not { Length: > 0 } quote)
        {
            return null;
        }

        var text = CardJson.Text(TeamsMarkdown.Escape(quote));
        text["spacing"] = "small";
        if (lines is { } most)
        {
            text["maxLines"] = most;
        }

        return text;
    }
}
