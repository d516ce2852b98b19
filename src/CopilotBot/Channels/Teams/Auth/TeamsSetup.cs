using System.Text.RegularExpressions;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>Whether the settings can work at all.</summary>
internal static partial class TeamsSetup
{
    /// <summary>Teams is served. Without an app id and outside anonymous mode nothing of it is.</summary>
    public static bool IsOn(TeamsAuthOptions options, TeamsOptions teams) => teams.Anonymous || options.AppId.Length > 0;

    /// <summary>A sentence that says what to change, or null. It never holds a secret.</summary>
    public static string? Problem(TeamsAuthOptions options, TeamsOptions teams, TeamsSecrets secrets) =>
        !IsOn(options, teams) ? null : ProblemOfIdentity(options, teams) ?? ProblemOfHosts(options) ?? (teams.Anonymous ? null : ProblemOfTenants(options, teams) ?? ProblemOfCredential(options, secrets));

    private static string? ProblemOfIdentity(TeamsAuthOptions options, TeamsOptions teams) => (teams.Anonymous, options.AppId.Length > 0) switch
    {
        (true, true) =>
            "Teams:Anonymous and Teams:AppId are both set: keep AppId to serve Teams, or Anonymous to try the bot in the Agents Playground on this machine.",
        (false, true) when !Guid.TryParseExact(options.AppId, "D", out _) =>
            "Teams:AppId is not an application (client) id: set it to the GUID of the registration, without braces and without \"api://\".",
        _ => null,
    };

    private static string? ProblemOfHosts(TeamsAuthOptions options) =>
        options.OpenIdMetadata.Length > 0 && !KeyDocuments.IsSafe(options.OpenIdMetadata)
            ? "Teams:OpenIdMetadata is neither an https address nor one of this machine: repair it, or empty it to use the cloud's own."
        : options.ServiceHosts.Any(pattern => !ServiceHosts.IsPattern(pattern))
            ? "Teams:ServiceHosts holds something that is no host name: write names like \"smba.example.com\" or \"*.example.com\", without scheme, port and path."
        : options.ServiceHosts.Count == 0 && CloudAddresses.Of(options.Cloud).ServiceHosts.Count == 0
            ? $"The service hosts of the cloud {options.Cloud} are not known to this version: list them under Teams:ServiceHosts."
        : options.EntraIssuers && CloudAddresses.Of(options.Cloud).EntraIssuers.Count == 0
            ? $"Teams:EntraIssuers has no issuers in the cloud {options.Cloud}: switch it off."
        : null;

    private static string? ProblemOfTenants(TeamsAuthOptions options, TeamsOptions teams) =>
        options.TenantId.Length > 0 && !TenantShape.IsMatch(options.TenantId)
            ? "Teams:TenantId is neither a tenant's GUID nor its domain: repair it."
        : options.TenantId.Length == 0 && CloudAddresses.Of(options.Cloud).LegacyTenant is null
            ? $"The cloud {options.Cloud} needs Teams:TenantId: set it to the tenant of the bot's registration."
        : teams.AllowedTenants.Count == 0 && !Guid.TryParse(options.TenantId, out _)
            ? "Nobody could use the bot: list the tenant ids whose people may under Teams:AllowedTenants, or set Teams:TenantId to the GUID of the one tenant."
        : null;

    private static string? ProblemOfCredential(TeamsAuthOptions options, TeamsSecrets secrets)
    {
        switch (options.Credential)
        {
            case TeamsCredential.Secret:
                return string.IsNullOrEmpty(secrets.Secret)
                    ? $"Teams has an AppId but no secret: put it into the environment variable {TeamsSecrets.SecretVariable}, or choose another Teams:Credential."
                    : null;
            case TeamsCredential.Certificate when options.CertificateFile.Length == 0:
                return "Teams:Credential is Certificate: set Teams:CertificateFile to a .pfx file.";
            case TeamsCredential.Certificate:
                using (var certificate = TeamsCertificate.TryLoad(options.CertificateFile, secrets.CertificatePassword))
                {
                    return certificate is null
                        ? $"Teams:CertificateFile cannot be opened with its private key: check the path and the environment variable {TeamsSecrets.PasswordVariable}."
                        : null;
                }

            case TeamsCredential.ManagedIdentity or TeamsCredential.FederatedIdentity:
                return null;
            default:
                return "Teams:Credential is none of Secret, Certificate, ManagedIdentity and FederatedIdentity: choose one.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex TenantShape { get; }
}
