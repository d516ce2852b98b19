using System.Net.Http.Headers;
using System.Text;

namespace CopilotBot.Sources.Http;

/// <summary>An API token with the address of its owner (Cloud), or a token that stands for itself (Data Center, GitHub).</summary>
/// <param name="email">Empty for a bearer token.</param>
public sealed class TokenCredential(string email, string token) : ISourceCredential
{
    private readonly AuthenticationHeaderValue _header = email.Length > 0
        ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{token}")))
        : new AuthenticationHeaderValue("Bearer", token);

    public ValueTask<AuthenticationHeaderValue> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_header);

    public ValueTask<bool> RenewAsync(AuthenticationHeaderValue refused, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
