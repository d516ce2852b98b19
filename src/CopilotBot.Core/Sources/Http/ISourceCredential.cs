using System.Net.Http.Headers;

namespace CopilotBot.Sources.Http;

/// <summary>What is sent to be let in. It may change between two calls (OAuth).</summary>
public interface ISourceCredential
{
    ValueTask<AuthenticationHeaderValue> GetAsync(CancellationToken cancellationToken);

    /// <summary>The source did not accept what <see cref="GetAsync"/> gave last.</summary>
    /// <returns>Whether it is worth asking once more.</returns>
    ValueTask<bool> RenewAsync(AuthenticationHeaderValue refused, CancellationToken cancellationToken);
}
