using System.Text.RegularExpressions;

namespace CopilotBot.Extraction.Fields;

/// <summary>Keys of tickets as people write and say them.</summary>
public static partial class TicketKeyText
{
    /// <summary>"vpn 4021" and "vpn-4021" are VPN-4021.</summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Key().Match(text.Trim());
        return match.Success ? $"{match.Groups[1].Value}-{match.Groups[2].Value}".ToUpperInvariant() : Spaces().Replace(text, "").ToUpperInvariant();
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z]+)?)\s*[-–_ ]\s*(\d+)$")]
    private static partial Regex Key();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
