using System.Text.RegularExpressions;

namespace CopilotBot.FakeSlack;

/// <summary>What people type as it comes in: <c>&amp; &lt; &gt;</c> are escaped, what Slack made of mentions and links is not (facts §3).</summary>
internal static partial class PersonText
{
    public static string Escape(string text) => Part().Replace(text, match => match.Value switch
    {
        "&" => "&amp;",
        "<" => "&lt;",
        ">" => "&gt;",
        var token => token,
    });

    [GeneratedRegex(@"<(?:@|#|!|https?://|mailto:)[^<>\n]+>|[&<>]")]
    private static partial Regex Part();
}
