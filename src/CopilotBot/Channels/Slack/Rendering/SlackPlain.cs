using System.Text.RegularExpressions;
using CopilotBot.Channels.Rendering;

namespace CopilotBot.Channels.Slack.Rendering;

/// <summary>Words in the fields that take no Markdown.</summary>
internal static partial class SlackPlain
{
    /// <summary>Characters of the text beside the blocks; Slack takes 4,000 wherever a message may be changed.</summary>
    public const int LongestFallback = 3_000;

    /// <summary>For the text of a message, which Slack reads as mrkdwn.</summary>
    public static string Escape(string words) =>
        words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The first of the words, for notifications and screen readers.</summary>
    public static string Fallback(string words)
    {
        var limit = LongestFallback;
        var text = Escape(PlainText.Clip(words, limit));
        while (text.Length > LongestFallback)
        {
            limit = limit * LongestFallback / text.Length;
            text = Escape(PlainText.Clip(words, limit));
        }

        return text;
    }

    /// <summary>
    /// For raw text, rich text and plain text: they show what they get. Nobody documents that all of them leave angle brackets alone, so one that could begin a mention, a broadcast
    /// or a link becomes one that only looks like it.
    /// </summary>
    public static string Inert(string words) => Token().Replace(words, "‹");

    [GeneratedRegex("<(?=[!@#]|[a-z]+:)", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
