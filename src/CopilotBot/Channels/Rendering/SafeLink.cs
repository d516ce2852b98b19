using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Rendering;

/// <summary>Links out of stored documents. Only absolute web addresses without credentials are links: the bot's own pages are on loopback and no use in a chat.</summary>
internal static partial class SafeLink
{
    private const int LongestUrl = 2048;

    /// <returns>The address in a form that cannot end a Markdown link early and holds no marker, or null.</returns>
    public static string? Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.UserInfo.Length > 0)
        {
            return null;
        }

        var safe = Breaking().Replace(address.AbsoluteUri, match => Uri.HexEscape(match.Value[0]));
        return safe.Length > LongestUrl ? null : Entity().Replace(safe, match => $"{match.Value[..^1]}%3B");
    }

    [GeneratedRegex("""[()<>\[\]\\\s"'`]""")]
    private static partial Regex Breaking();

    // "&lt;" in an address would be read as the character that it names.
    [GeneratedRegex("&#?[A-Za-z0-9]+;")]
    private static partial Regex Entity();
}
