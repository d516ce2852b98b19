using System.Text.RegularExpressions;

namespace CopilotBot.Sources.Attachments;

internal static partial class AnchorText
{
    /// <summary>Lower-case words joined by hyphens, at most 80 characters.</summary>
    public static string Of(string heading)
    {
        var words = NoWord().Replace(heading.Length <= 80 ? heading : heading[..80], "-").Trim('-').ToLowerInvariant();
        return words.Length > 0 ? words : "section";
    }

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoWord();
}
