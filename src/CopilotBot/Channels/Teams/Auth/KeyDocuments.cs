using Microsoft.IdentityModel.Protocols;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>Reads what an issuer publishes, by TLS or from this machine only: whoever can change it on its way can sign as Teams.</summary>
internal sealed class KeyDocuments(IHttpClientFactory clients) : IDocumentRetriever
{
    public const string HttpClientName = "CopilotBot.Teams.Keys";

    public static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (!IsSafe(address))
        {
            throw new IOException("The keys are announced at an address that is neither https nor on this machine.");
        }

        using var client = clients.CreateClient(HttpClientName);
        return await client.GetStringAsync(new Uri(address), cancel);
    }
}
