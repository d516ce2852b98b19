using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CopilotBot.Channels.Slack.Api;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Tokens for codes and for refresh tokens (facts/slack.md §7), with the app's own name and secret.</summary>
internal sealed class SlackOAuth(SlackHttp http, IOptions<SlackOptions> options, IOptions<SlackSecrets> secrets, TimeProvider clock)
{
    private const string Method = "oauth.v2.access";

    /// <summary>Where Slack sends people back to: the same words when asking and when redeeming.</summary>
    public string RedirectUri => $"{options.Value.PublicUrl.TrimEnd('/')}{SlackOAuthEndpoint.RedirectPath}";

    public Task<SlackReply> RedeemAsync(string code) => CallAsync([KeyValuePair.Create("code", code), KeyValuePair.Create("redirect_uri", RedirectUri)]);

    public Task<SlackReply> RefreshAsync(string refreshToken) =>
        CallAsync([KeyValuePair.Create("grant_type", "refresh_token"), KeyValuePair.Create("refresh_token", refreshToken)]);

    /// <summary>Null where the answer names no bot token or nobody who installed it.</summary>
    public SlackInstallation? Parse(JsonElement answer)
    {
        var (enterprise, team) = (WireJson.Words(WireJson.Property(answer, "enterprise"), "id"), WireJson.Words(WireJson.Property(answer, "team"), "id"));
        var isOrgWide = WireJson.Property(answer, "is_enterprise_install").ValueKind == JsonValueKind.True;
        var key = SlackInstallation.KeyOf(enterprise, team, isOrgWide);
        return key.Length > 0 && WireJson.Words(answer, "access_token") is { } token && WireJson.Text(answer, "token_type") is null or "bot"
            ? new SlackInstallation(
                key, enterprise, team, isOrgWide, WireJson.Text(answer, "app_id") ?? "", WireJson.Text(answer, "bot_user_id") ?? "", token, WireJson.Words(answer, "refresh_token"), ExpiryOf(answer), clock.GetUtcNow())
            : null;
    }

    /// <summary>The install with the tokens of a renewal; null where the answer has none.</summary>
    public SlackInstallation? Renew(SlackInstallation install, JsonElement answer) => WireJson.Words(answer, "access_token") is { } token
        ? install with { Token = token, RefreshToken = WireJson.Words(answer, "refresh_token") ?? install.RefreshToken, Expires = ExpiryOf(answer) }
        : null;

    private DateTimeOffset? ExpiryOf(JsonElement answer) =>
        WireJson.Property(answer, "expires_in") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt32(out var count) && count > 0 ? clock.GetUtcNow().AddSeconds(count) : null;

    /// <summary>Cannot be cancelled: a code and a refresh token are good for once, and what they bring must not get lost on the way.</summary>
    private async Task<SlackReply> CallAsync(IEnumerable<KeyValuePair<string, string>> form)
    {
        var client = Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{secrets.Value.ClientSecret}");
        return SlackOutcome.Of(await http.CallAsync(Method, form, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(client)), CancellationToken.None));
    }
}
