using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Whether a request was signed with the app's signing secret, just now (facts/slack.md §1.1).</summary>
internal sealed class SlackSignature(IOptions<SlackSecrets> secrets, TimeProvider clock)
{
    public const string SignatureHeader = "X-Slack-Signature";

    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    private const string Version = "v0";

    /// <summary>Both ways: who could sign for the future could keep requests for later.</summary>
    private const long WindowSeconds = 300;

    /// <param name="timestamp">The header as it came; null without one.</param>
    /// <param name="signature">The header as it came; null without one.</param>
    /// <param name="body">The bytes as they came.</param>
    public SlackVerdict Verify(string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(secrets.Value.SigningSecret))
        {
            return SlackVerdict.Refused("no signing secret");
        }

        if (string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
        {
            return SlackVerdict.Refused("not signed");
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return SlackVerdict.Refused("unreadable timestamp");
        }

        if (Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > WindowSeconds)
        {
            return SlackVerdict.Refused("stale timestamp");
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(secrets.Value.SigningSecret, timestamp, body)))
            ? SlackVerdict.Accepted
            : SlackVerdict.Refused("wrong signature");
    }

    private static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        return $"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
