using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>
/// The bot's own token. One MSAL application for the process, which caches; callers ask one after the other, as MSAL does not merge concurrent misses (facts 1.6).
/// </summary>
internal sealed partial class ConnectorTokens : IDisposable
{
    /// <summary>A service that refuses every token must not make the bot fetch one for each message.</summary>
    private static readonly TimeSpan RenewPause = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _single = new(1, 1);
    private readonly Func<bool, CancellationToken, Task<AuthenticationResult>>? _acquire;
    private DateTimeOffset _nextRenewal = DateTimeOffset.MinValue;

    public ConnectorTokens(IOptions<TeamsAuthOptions> options, IOptions<TeamsSecrets> secrets, IMsalHttpClientFactory http, TimeProvider clock)
    {
        _clock = clock;
        _acquire = options.Value switch
        {
            { AppId.Length: 0 } => null,
            { Credential: TeamsCredential.ManagedIdentity } settings => Managed(settings, http),
            var settings => Confidential(settings, secrets.Value, http),
        };
    }

    public Task<ConnectorToken> GetAsync(CancellationToken cancel) =>
        _acquire is null ? Task.FromResult(ConnectorToken.Anonymous) : RunAsync(refused: null, cancel);

    /// <summary>After a 401: the token that somebody else already renewed, or a new one, or the refused one again within a minute of the last renewal.</summary>
    public Task<ConnectorToken> RenewAsync(ConnectorToken refused, CancellationToken cancel) =>
        _acquire is null ? Task.FromResult(ConnectorToken.Anonymous) : RunAsync(refused, cancel);

    public void Dispose() => _single.Dispose();

    private async Task<ConnectorToken> RunAsync(ConnectorToken? refused, CancellationToken cancel)
    {
        await _single.WaitAsync(cancel);
        try
        {
            var result = await _acquire!(false, cancel); // not null: both callers have looked
            if (refused?.Value == result.AccessToken && result.AuthenticationResultMetadata.TokenSource == TokenSource.Cache
                && _clock.GetUtcNow() is var now && now >= _nextRenewal)
            {
                _nextRenewal = now + RenewPause;
                result = await _acquire(true, cancel);
            }

            return ConnectorToken.Of(result.AccessToken);
        }
        catch (MsalServiceException exception)
        {
            var isTransient = exception.IsRetryable || exception.StatusCode is 0 or 408 or 429 or >= 500 || exception.ErrorCode == "temporarily_unavailable";
            return ConnectorToken.Failed(CodeOf(exception), isTransient, WaitOf(exception));
        }
        catch (MsalException exception)
        {
            return ConnectorToken.Failed(CodeOf(exception), isTransient: false);
        }
        catch (HttpRequestException)
        {
            return ConnectorToken.Failed("token service unreachable", isTransient: true);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ConnectorToken.Failed("token service silent", isTransient: true);
        }
        finally
        {
            _single.Release();
        }
    }

    private static Func<bool, CancellationToken, Task<AuthenticationResult>> Confidential(TeamsAuthOptions options, TeamsSecrets secrets, IMsalHttpClientFactory http)
    {
        var cloud = CloudAddresses.Of(options.Cloud);
        var tenant = options.TenantId.Length > 0 ? options.TenantId : cloud.LegacyTenant;
        var builder = ConfidentialClientApplicationBuilder.Create(options.AppId)
            .WithAuthority($"https://{cloud.LoginHost}/{tenant}", validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(http, retryOnceOn5xx: false);
        var app = (options.Credential switch
        {
            TeamsCredential.Secret => builder.WithClientSecret(secrets.Secret),
            TeamsCredential.Certificate => builder.WithCertificate(
                TeamsCertificate.TryLoad(options.CertificateFile, secrets.CertificatePassword)
                    ?? throw new InvalidOperationException("Teams:CertificateFile cannot be opened any more: check it and start again."),
                sendX5C: true),
            TeamsCredential.FederatedIdentity => builder.WithClientAssertion(Assertion(options, http)),
            _ => throw new InvalidOperationException("This credential is no confidential client's."),
        }).Build();
        return (force, cancel) => app.AcquireTokenForClient([cloud.Scope]).WithForceRefresh(force).ExecuteAsync(cancel);
    }

    private static Func<AssertionRequestOptions, Task<string>> Assertion(TeamsAuthOptions options, IMsalHttpClientFactory http)
    {
        var identity = ManagedIdentityApplicationBuilder
            .Create(options.ManagedIdentityClientId.Length > 0 ? ManagedIdentityId.WithUserAssignedClientId(options.ManagedIdentityClientId) : ManagedIdentityId.SystemAssigned)
            .WithHttpClientFactory(http, retryOnceOn5xx: false)
            .Build();
        return async request => (await identity.AcquireTokenForManagedIdentity("api://AzureADTokenExchange").ExecuteAsync(request.CancellationToken)).AccessToken;
    }

    private static Func<bool, CancellationToken, Task<AuthenticationResult>> Managed(TeamsAuthOptions options, IMsalHttpClientFactory http)
    {
        var identity = ManagedIdentityApplicationBuilder
            .Create(ManagedIdentityId.WithUserAssignedClientId(options.ManagedIdentityClientId.Length > 0 ? options.ManagedIdentityClientId : options.AppId))
            .WithHttpClientFactory(http, retryOnceOn5xx: false)
            .Build();
        var resource = CloudAddresses.Of(options.Cloud).Resource;
        return (force, cancel) => identity.AcquireTokenForManagedIdentity(resource).WithForceRefresh(force).ExecuteAsync(cancel);
    }

    /// <summary>The code and never the message, which may quote the request.</summary>
    private static string CodeOf(MsalException exception) => CodeShape.IsMatch(exception.ErrorCode ?? "") ? $"token {exception.ErrorCode}" : "token refused";

    private TimeSpan? WaitOf(MsalServiceException exception) => exception.Headers?.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _clock.GetUtcNow() => date - _clock.GetUtcNow(),
        _ => null,
    };

    [GeneratedRegex(@"\A[a-z_0-9]{1,64}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape { get; }
}
