using Microsoft.Identity.Client;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>MSAL's way to the network, through the clients of the host.</summary>
internal sealed class TokenHttp(IHttpClientFactory clients) : IMsalHttpClientFactory
{
    public const string HttpClientName = "CopilotBot.Teams.Tokens";

    public HttpClient GetHttpClient() => clients.CreateClient(HttpClientName);
}
