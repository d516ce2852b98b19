using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CopilotBot.Sources.Http;

/// <summary>
/// OAuth 2.0 of Atlassian: with a refresh token (each answer brings the next one, which is kept before the access token is used), or as a service account with the
/// client's credentials alone (facts/sources.md §1.8).
/// </summary>
/// <param name="tokens">Address that gives out tokens.</param>
public sealed class OAuthCredential(string source, SourceSecret secret, Uri tokens, ISecretVault vault, Func<HttpClient> clients, TimeProvider time) : ISourceCredential, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>One renewal at a time: a refresh token is good for one.</summary>
    private readonly SemaphoreSlim _gate = new(1);

    private AuthenticationHeaderValue? _header;

    private DateTimeOffset _expires;

    private string VaultName => $"source:{source}:refresh";

    public async ValueTask<AuthenticationHeaderValue> GetAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _header is not null && time.GetUtcNow() < _expires - Margin ? _header : await FetchAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<bool> RenewAsync(AuthenticationHeaderValue refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Equals(_header, refused))
            {
                _header = null;
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<AuthenticationHeaderValue> FetchAsync(CancellationToken cancellationToken)
    {
        var refresh = vault.Find(VaultName) ?? secret.RefreshToken;
        var answer = await AskAsync(refresh, cancellationToken);
        if (answer.Text("access_token") is not { Length: > 0 } token)
        {
            throw new SourceException($"The OAuth app of the source '{source}' got no token: connect it anew and set {SourceSecrets.VariableOf(source, "RefreshToken")}.");
        }

        // Before the token is used: the old refresh token is worth nothing any more.
        if (answer.Text("refresh_token") is { Length: > 0 } next && next != refresh)
        {
            vault.Save(VaultName, next);
        }

        _expires = time.GetUtcNow() + TimeSpan.FromSeconds(answer.Get("expires_in") is { ValueKind: JsonValueKind.Number } seconds ? seconds.GetInt32() : 3600);
        return _header = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task<JsonElement> AskAsync(string? refresh, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["grant_type"] = refresh is null ? "client_credentials" : "refresh_token",
            ["client_id"] = secret.ClientId,
            ["client_secret"] = secret.ClientSecret,
        };
        if (refresh is not null)
        {
            body["refresh_token"] = refresh;
        }

        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var client = clients();
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(tokens, content, either.Token);
            if ((int)response.StatusCode is 400 or 401 or 403)
            {
                throw new SourceException($"The OAuth app of the source '{source}' is not accepted any more: connect it anew and set {SourceSecrets.VariableOf(source, "RefreshToken")}.");
            }

            response.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(either.Token));
            return json.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SourceException($"The place that gives out tokens for the source '{source}' does not answer: it is tried again by itself.", exception);
        }
    }
}
