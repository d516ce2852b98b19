using System.Text;
using System.Text.Json.Nodes;

namespace CopilotBot.FakeSlack;

/// <summary>Codes, tokens and their rotation (facts §7); called under the platform's lock.</summary>
internal sealed class OAuthApi(PlatformState state, string clientId, string clientSecret)
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(12);

    private readonly Dictionary<string, (SlackInstall Install, SlackUser User, string RedirectUri, DateTimeOffset Until, bool IsUsed)> _codes = [];
    private readonly Dictionary<string, (SlackInstall Install, DateTimeOffset? Until)> _tokens = [];

    /// <summary>Whether installs get tokens of 12 hours and a refresh token.</summary>
    public bool RotatesTokens { get; set; }

    public string NewCode(SlackInstall install, SlackUser user, string redirectUri)
    {
        var code = $"{_codes.Count + 1}.{install.Key}.code";
        _codes[code] = (install, user, redirectUri, state.Now + CodeLife, false);
        return code;
    }

    /// <summary>Null where the token is good.</summary>
    public Outcome? Check(string token, out SlackInstall install)
    {
        install = null!; // set where null is returned
        var known = state.Directory.Installs.FirstOrDefault(one => one.BotToken == token);
        if (known is not null && !_tokens.ContainsKey(token))
        {
            _tokens[token] = (known, null);
        }

        if (!_tokens.TryGetValue(token, out var given))
        {
            return state.Refusal(Finding.Refuse("invalid_auth", "token-unknown", "§2", $"Nobody was given the token {token.Shortened()}."))!;
        }

        install = given.Install;
        if (!install.IsInstalled)
        {
            return state.Refusal(Finding.Refuse("token_revoked", "token-revoked", "§7", "The app was removed, and the bot was told.") with { IsViolation = install.IsRemovalTold })!;
        }

        return given.Until is { } until && state.Now >= until ? Outcome.Fail("token_expired") : null;
    }

    /// <param name="basic">The Authorization header.</param>
    public Outcome Access(CallArguments arguments, string? basic)
    {
        var (id, secret) = Credentials(arguments, basic);
        if (id != clientId)
        {
            return state.Refusal(Finding.Refuse("invalid_client_id", "client", "§7", "The client id is wrong."))!;
        }

        if (secret != clientSecret)
        {
            return state.Refusal(Finding.Refuse("bad_client_secret", "client", "§7", "The client secret is wrong."))!;
        }

        return (arguments.Filled("grant_type") ?? "authorization_code") switch
        {
            "authorization_code" => Redeem(arguments),
            "refresh_token" => Refresh(arguments.Text("refresh_token")),
            _ => state.Refusal(Finding.Refuse("invalid_grant_type", "grant", "§7", "There is no such grant."))!,
        };
    }

    /// <summary>Changes an install's long-lived token for a rotating one.</summary>
    public Outcome Exchange(CallArguments arguments)
    {
        if (arguments.Text("client_id") != clientId || arguments.Text("client_secret") != clientSecret)
        {
            return state.Refusal(Finding.Refuse("invalid_client_id", "client", "§7", "The client id or secret is wrong."))!;
        }

        return state.Directory.Installs.FirstOrDefault(one => one.BotToken == arguments.Text("token")) is { RefreshToken: null } install
            ? Rotate(install, null)
            : Outcome.Fail("token_already_exchanged");
    }

    /// <summary>Makes the token of an install expire and gives it a refresh token, as if rotation had been on when it was made.</summary>
    public void StartRotation(SlackInstall install) => Mint(install);

    private Outcome Redeem(CallArguments arguments)
    {
        if (!_codes.TryGetValue(arguments.Text("code") ?? "", out var code))
        {
            return state.Refusal(Finding.Refuse("invalid_code", "code", "§7", "The code is none that was given.") with { IsViolation = false })!;
        }

        if (code.IsUsed)
        {
            return state.Refusal(Finding.Refuse("code_already_used", "code-used", "§7", "A code is used once."))!;
        }

        if (code.RedirectUri != arguments.Text("redirect_uri"))
        {
            return state.Refusal(Finding.Refuse("bad_redirect_uri", "redirect", "§7", "redirect_uri is the one that the person was sent to."))!;
        }

        if (state.Now >= code.Until)
        {
            return Outcome.Fail("invalid_code");
        }

        _codes[arguments.Text("code")!] = code with { IsUsed = true }; // found above
        (code.Install.IsInstalled, code.Install.IsRemovalTold) = (true, false);
        return RotatesTokens ? Rotate(code.Install, code.User) : Outcome.Ok(Installed(code.Install, code.User));
    }

    private Outcome Refresh(string? token) => state.Directory.Installs.FirstOrDefault(one => one.RefreshToken is not null && one.RefreshToken == token) is not { } install
        ? Outcome.Fail("invalid_refresh_token")
        : install.IsInstalled ? Rotate(install, null) : Outcome.Fail("token_revoked");

    private Outcome Rotate(SlackInstall install, SlackUser? user)
    {
        Mint(install);
        var json = Installed(install, user);
        (json["refresh_token"], json["expires_in"]) = (install.RefreshToken, (int)TokenLife.TotalSeconds);
        return Outcome.Ok(json);
    }

    private void Mint(SlackInstall install)
    {
        var number = _tokens.Count + 1;
        (install.BotToken, install.RefreshToken) = ($"xoxe.xoxb-{number}-{install.Key}-fake", $"xoxe-{number}-{install.Key}-fake");
        _tokens[install.BotToken] = (install, state.Now + TokenLife);
    }

    private JsonObject Installed(SlackInstall install, SlackUser? user)
    {
        var workspace = state.Directory.Workspaces.First(one => one.Install == install);
        return new()
        {
            ["app_id"] = SlackPlatform.TheAppId,
            ["access_token"] = install.BotToken,
            ["token_type"] = "bot",
            ["scope"] = string.Join(',', install.Scopes),
            ["bot_user_id"] = install.BotUserId,
            ["team"] = install.IsEnterprise ? null : new JsonObject { ["id"] = workspace.TeamId, ["name"] = workspace.Name },
            ["enterprise"] = workspace.EnterpriseId is null ? null : new JsonObject { ["id"] = workspace.EnterpriseId, ["name"] = workspace.Name },
            ["is_enterprise_install"] = install.IsEnterprise,
            ["authed_user"] = new JsonObject { ["id"] = user?.Id },
        };
    }

    private static (string? Id, string? Secret) Credentials(CallArguments arguments, string? basic)
    {
        if (basic?.StartsWith("Basic ", StringComparison.Ordinal) != true)
        {
            return (arguments.Text("client_id"), arguments.Text("client_secret"));
        }

        var bytes = new byte[basic.Length];
        var pair = Convert.TryFromBase64String(basic[6..], bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) : [];
        return pair is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : (null, null);
    }
}
