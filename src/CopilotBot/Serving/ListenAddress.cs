using System.Net;

namespace CopilotBot.Serving;

/// <summary>
/// Where the server listens, over http. The web page: on loopback and nowhere else, since whoever reaches it is taken for the person at this machine. What
/// channels deliver to is verified request by request and may listen anywhere; TLS ends before it.
/// </summary>
/// <param name="Host">"localhost" (IPv4 and IPv6) or an address of this machine.</param>
internal sealed record ListenAddress(string Host, int Port)
{
    public const string Default = "http://127.0.0.1:5080";

    /// <param name="urls">Addresses separated by semicolons.</param>
    /// <exception cref="FormatException">One of them cannot be served; the message says what to do.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string urls)
    {
        var addresses = Split(urls);
        foreach (var remote in addresses.Where(address => !address.IsLoopback))
        {
            throw new FormatException($"'{remote}' can be reached from other machines, where nobody would have to sign in; listen on a loopback address such as {Default}.");
        }

        return addresses.Count > 0 ? addresses : throw new FormatException($"No address to listen on is given; use for example {Default}.");
    }

    /// <summary>The same for channels: none, or any address of this machine.</summary>
    /// <exception cref="FormatException">One of them cannot be served; the message says what to do.</exception>
    public static IReadOnlyList<ListenAddress> ParseForChannels(string? urls) => Split(urls ?? "");

    public bool IsLoopback => Host == "localhost" || IPAddress.IsLoopback(IPAddress.Parse(Host));

    public override string ToString() => Host.Contains(':') ? $"http://[{Host}]:{Port}" : $"http://{Host}:{Port}";

    private static List<ListenAddress> Split(string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).Distinct()];

    private static ListenAddress ParseOne(string url)
    {
        // "*" and "+" are Kestrel's words for every address; no URI has them as host.
        if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
        {
            throw new FormatException($"'{url}' is not an address to listen on; use for example {Default}.");
        }

        var host = address.IdnHost.Trim('[', ']');
        if (host != "localhost" && !IPAddress.TryParse(host, out _))
        {
            throw new FormatException($"'{url}' names a host, which can be reached from other machines; give an address of this machine such as {Default}.");
        }

        if (host == "localhost" && address.Port == 0)
        {
            throw new FormatException($"'{url}' asks for a free port on two addresses; use http://127.0.0.1:0.");
        }

        return new ListenAddress(host, address.Port);
    }
}
