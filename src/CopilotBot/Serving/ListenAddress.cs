using System.Net;

namespace CopilotBot.Serving;

/// <summary>Where the web page listens: http on loopback and nothing else, since whoever reaches the page is taken for the person at this machine.</summary>
/// <param name="Host">"localhost" (IPv4 and IPv6) or a loopback address.</param>
internal sealed record ListenAddress(string Host, int Port)
{
    public const string Default = "http://127.0.0.1:5080";

    /// <param name="urls">Addresses separated by semicolons.</param>
    /// <exception cref="FormatException">One of them cannot be served; the message says what to do.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne).Distinct().ToList();
        return addresses.Count > 0 ? addresses : throw new FormatException($"No address to listen on is given; use for example {Default}.");
    }

    public override string ToString() => Host.Contains(':') ? $"http://[{Host}]:{Port}" : $"http://{Host}:{Port}";

    private static ListenAddress ParseOne(string url)
    {
        // "*" and "+" are Kestrel's words for every address; no URI has them as host.
        if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
        {
            throw new FormatException($"'{url}' is not an address to listen on; use for example {Default}.");
        }

        var host = address.IdnHost.Trim('[', ']');
        if (host != "localhost" && !(IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip)))
        {
            throw new FormatException($"'{url}' can be reached from other machines, where nobody would have to sign in; listen on a loopback address such as {Default}.");
        }

        if (host == "localhost" && address.Port == 0)
        {
            throw new FormatException($"'{url}' asks for a free port on two addresses; use http://127.0.0.1:0.");
        }

        return new ListenAddress(host, address.Port);
    }
}
