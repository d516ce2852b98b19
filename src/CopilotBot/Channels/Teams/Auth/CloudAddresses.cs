namespace CopilotBot.Channels.Teams.Auth;

/// <summary>What differs between Microsoft's clouds.</summary>
/// <param name="Metadata">Announces the keys of channel tokens; "openidconfiguration" is one word.</param>
/// <param name="LegacyTenant">Issues the tokens of older multi-tenant bots; null where each bot needs a tenant of its own.</param>
/// <param name="Resource">What the bot's own tokens are for; the scope is this and "/.default".</param>
/// <param name="ServiceHosts">Empty where none is known.</param>
/// <param name="EntraIssuers">Issuers in Microsoft's service tenants, v1 and v2.</param>
internal sealed record CloudAddresses(
    string Metadata, string Issuer, string LoginHost, string? LegacyTenant, string Resource,
    IReadOnlyList<string> ServiceHosts, string EntraMetadata, IReadOnlyList<string> EntraIssuers)
{
    private static readonly CloudAddresses Public = new(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://api.botframework.com",
        "login.microsoftonline.com",
        "botframework.com",
        "https://api.botframework.com",
        ["smba.trafficmanager.net", "*.teams.microsoft.com"],
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration",
        [
            .. IssuersOf("login.microsoftonline.com", "d6d49420-f39b-4df7-a1dc-d59a935871db"),
            .. IssuersOf("login.microsoftonline.com", "f8cdef31-a31e-4b4a-93e4-5f571e91255a"),
            .. IssuersOf("login.microsoftonline.com", "69e9b82d-4842-4902-8d1e-abc5b98a55e8"),
        ]);

    private static readonly CloudAddresses UsGov = new(
        "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        "https://api.botframework.us",
        "login.microsoftonline.us",
        "MicrosoftServices.onmicrosoft.us",
        "https://api.botframework.us",
        ["smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"],
        "https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration",
        [.. IssuersOf("login.microsoftonline.us", "cab8a31a-1906-4287-a0d8-4eef66b95f6e")]);

    private static readonly CloudAddresses China = new(
        "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
        "https://api.botframework.azure.cn",
        "login.partner.microsoftonline.cn",
        LegacyTenant: null,
        "https://api.botframework.azure.cn",
        ServiceHosts: [],
        EntraMetadata: "",
        EntraIssuers: []);

    public string Scope => $"{Resource}/.default";

    public static CloudAddresses Of(TeamsCloud cloud) => cloud switch
    {
        TeamsCloud.Public => Public,
        TeamsCloud.UsGov => UsGov,
        TeamsCloud.China => China,
        _ => throw new ArgumentOutOfRangeException(nameof(cloud)),
    };

    private static IEnumerable<string> IssuersOf(string loginHost, string tenant) => [$"https://sts.windows.net/{tenant}/", $"https://{loginHost}/{tenant}/v2.0"];
}
