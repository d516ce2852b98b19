using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CopilotBot.Tickets;

/// <summary>Keys of projects ("VPN") and tickets ("VPN-4021"), and the label that a written ticket is found by.</summary>
public static partial class TicketKeys
{
    private const int HashDigits = 16;

    public static bool IsProject(string key) => ProjectShape().IsMatch(key);

    /// <returns>The key of the project; null for what is no key of a ticket.</returns>
    public static string? ProjectOf(string? ticketKey) => ticketKey is not null && TicketShape().Match(ticketKey) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Keys of tickets that the text names, in capitals.</summary>
    public static IReadOnlySet<string> FindIn(string text) => Named().Matches(text).Select(match => match.Value.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);

    /// <summary>The label of the draft's ticket: the prefix, a hyphen and the first 64 bits of the SHA-256 of the idempotency key.</summary>
    public static string LabelOf(string prefix, TicketDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return $"{prefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(draft.IdempotencyKey)))[..HashDigits]}";
    }

    [GeneratedRegex(@"\b[A-Za-z][A-Za-z0-9_]{1,15}-\d{1,7}\b")]
    private static partial Regex Named();

    [GeneratedRegex("^[A-Z][A-Z0-9_]{1,254}$")]
    private static partial Regex ProjectShape();

    [GeneratedRegex("^([A-Z][A-Z0-9_]{1,254})-[0-9]{1,18}$")]
    private static partial Regex TicketShape();
}
