using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>
/// The hosts that messages may come from and that the bot's token may be sent to. A host off the list would get the token for nothing more than naming itself.
/// </summary>
/// <param name="patterns">Names, or "*." and a name for all names below it. A loopback name or address stands for every port of it, with or without TLS.</param>
/// <param name="allowLoopback">Takes every loopback address: for anonymous mode, which knows no other.</param>
internal sealed partial class ServiceHosts(IReadOnlyList<string> patterns, bool allowLoopback)
{
    public static ServiceHosts Of(TeamsAuthOptions options, bool isAnonymous) =>
        isAnonymous ? new([], allowLoopback: true) : new(options.ServiceHosts.Count > 0 ? [.. options.ServiceHosts] : CloudAddresses.Of(options.Cloud).ServiceHosts, allowLoopback: false);

    public static bool IsPattern(string pattern) => PatternShape.IsMatch(pattern) || IsLoopbackName(pattern);

    public bool IsAllowed(string? serviceUrl)
    {
        if (serviceUrl is null || !AddressShape.IsMatch(serviceUrl)
            || !Uri.TryCreate(serviceUrl, UriKind.Absolute, out var address) || address.UserInfo.Length > 0)
        {
            return false;
        }

        return address.IsLoopback
            ? allowLoopback || patterns.Contains(address.Host, StringComparer.OrdinalIgnoreCase)
            : address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && patterns.Any(pattern => Matches(address.IdnHost, pattern));
    }

    private static bool Matches(string host, string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length >= pattern.Length && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopbackName(string pattern) =>
        Uri.TryCreate($"https://{pattern}/", UriKind.Absolute, out var address) && address.IsLoopback && address.Host == pattern;

    /// <summary>Plain letters only: what is read in two ways (user info, escapes, backslashes, foreign scripts, a query) is nothing that Teams sends.</summary>
    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9.:\[\]-]{1,253}(/[A-Za-z0-9._~/-]{0,512})?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressShape { get; }

    /// <summary>Two labels at least, also under a wildcard.</summary>
    [GeneratedRegex(@"\A(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PatternShape { get; }
}
