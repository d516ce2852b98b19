using System.ComponentModel.DataAnnotations;

namespace CopilotBot.Channels.Teams.Auth;

/// <summary>How the bot signs in at Teams and what it takes from there; bound to "Teams" as <see cref="TeamsOptions"/> is. Secrets: <see cref="TeamsSecrets"/>.</summary>
internal sealed class TeamsAuthOptions
{
    /// <summary>App (client) id of the bot's registration, a GUID: the audience of every token that comes in.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Tenant of the registration, which issues the bot's own tokens. Empty for an older multi-tenant bot.</summary>
    public string TenantId { get; set; } = "";

    [EnumDataType(typeof(TeamsCloud))]
    public TeamsCloud Cloud { get; set; }

    [EnumDataType(typeof(TeamsCredential))]
    public TeamsCredential Credential { get; set; }

    /// <summary>A PKCS#12 file (.pfx) with the private key.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>Which identity of the machine: empty for the one named like the app (managed) or the system's (federated).</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    /// <summary>Where the keys are announced, when it is not the cloud's usual address.</summary>
    public string OpenIdMetadata { get; set; } = "";

    /// <summary>Takes channel tokens from Microsoft's Entra service tenants too.</summary>
    public bool EntraIssuers { get; set; }

    /// <summary>Hosts that the bot takes addresses of and sends its token to ("smba.example.com", "*.example.com"); empty for those of the cloud.</summary>
    public IList<string> ServiceHosts { get; } = [];

    /// <summary>Unknown key ids make the keys be fetched anew at most once in this time.</summary>
    [Range(1, 86_400)]
    public int KeysRefreshSeconds { get; set; } = 300;
}
