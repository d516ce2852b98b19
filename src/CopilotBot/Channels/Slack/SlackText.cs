using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Slack;

/// <summary>Text as Slack sends it (facts/slack.md §3), in the words that people read.</summary>
internal sealed partial record SlackText(string Words, bool MentionsBot, bool MentionsOthers)
{
    /// <param name="botUser">Whose mention is left out; that of others is part of what is said.</param>
    public static SlackText Parse(string text, string botUser)
    {
        var (bot, others) = (false, false);
        var words = Token().Replace(text, token =>
        {
            var (target, label) = (token.Groups["target"].Value, token.Groups["label"].Value);
            if (target[0] == '@' && botUser.Length > 0 && target[1..] == botUser)
            {
                bot = true;
                return " ";
            }

            others |= target[0] == '@' || target.StartsWith("!subteam^", StringComparison.Ordinal);
            return target[0] switch
            {
                '@' or '#' => target[0] + (label.Length > 0 ? label.TrimStart('@', '#') : target[1..]),
                '!' => label.Length > 0 ? label : $"@{target[1..].Split('^')[0]}",
                _ => label.Length > 0 ? label : target,
            };
        });

        // Once, and the ampersand last: "&amp;lt;" is what somebody typed as "&lt;".
        words = words.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
        return new SlackText(Spaces().Replace(words, " ").Trim(), bot, others);
    }

    [GeneratedRegex(@"<(?<target>[^<>|\s][^<>|]*)(?:\|(?<label>[^<>]*))?>")]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
