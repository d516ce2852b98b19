namespace CopilotBot.Channels.Slack.Api;

/// <summary>Where requests may go: whoever gets one gets a token, or words of a person.</summary>
internal static class SlackAddresses
{
    private static readonly string[] ResponseHosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    public static bool IsApiUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { UserInfo: "", Query: "", Fragment: "" } && (IsHttps(address) || IsLocal(address));

    public static Uri MethodUrl(string apiUrl, string method) => new($"{apiUrl.TrimEnd('/')}/{method}");

    /// <summary>The page where people install the app: on the host of the Web API.</summary>
    public static Uri AuthorizeUrl(string apiUrl) => new(new Uri(apiUrl), "/oauth/v2/authorize");

    public static bool IsResponseUrl(string url, string apiUrl) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && ((IsHttps(address) && address.IsDefaultPort && ResponseHosts.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase)) || (IsLocal(address) && IsLocal(new Uri(apiUrl))));

    public static bool IsSocketUrl(string url, string apiUrl) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeWss || (address.Scheme == Uri.UriSchemeWs && address.IsLoopback && IsLocal(new Uri(apiUrl))));

    private static bool IsHttps(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    private static bool IsLocal(Uri address) => address.IsLoopback && (address.Scheme == Uri.UriSchemeHttp || IsHttps(address));
}
