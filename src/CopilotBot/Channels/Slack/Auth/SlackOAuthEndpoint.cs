using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CopilotBot.Channels.Slack.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CopilotBot.Channels.Slack.Auth;

/// <summary>Where people install the app into their workspace, and where Slack sends them back to (facts/slack.md §7).</summary>
internal sealed partial class SlackOAuthEndpoint(
    SlackOAuth oauth, SlackVault vault, SlackInstallStates states, IOptions<SlackOptions> options, IOptions<SlackSecrets> secrets, ILogger<SlackOAuthEndpoint> logger)
{
    public const string InstallPath = "/slack/install";

    public const string RedirectPath = "/slack/oauth_redirect";

    /// <summary>The prefix makes browsers take it over TLS and for this host alone.</summary>
    public const string Cookie = "__Host-copilotbot-slack";

    public static bool Takes(PathString path) => path == InstallPath || path == RedirectPath;

    public async Task HandleAsync(HttpContext http)
    {
        if (!SlackSetup.IsInstallable(options.Value, secrets.Value))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (http.Request.Path == InstallPath)
        {
            Begin(http);
        }
        else
        {
            await EndAsync(http);
        }
    }

    private void Begin(HttpContext http)
    {
        var state = states.Begin();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Cookies.Append(Cookie, state, new CookieOptions { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = SlackInstallStates.Lifetime });
        http.Response.Redirect(QueryHelpers.AddQueryString(SlackAddresses.AuthorizeUrl(options.Value.ApiUrl).AbsoluteUri, new Dictionary<string, string?>
        {
            ["client_id"] = options.Value.ClientId,
            ["scope"] = string.Join(',', SlackScopes.Bot),
            ["redirect_uri"] = oauth.RedirectUri,
            ["state"] = state,
        }));
    }

    private async Task EndAsync(HttpContext http)
    {
        var (query, cookie) = (http.Request.Query, http.Request.Cookies[Cookie] ?? "");
        var state = query["state"].ToString();
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });

        // The state of another browser stays usable there.
        if (state.Length == 0 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(cookie)) || !states.TryEnd(state))
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, "Not installed", $"This install was not begun in this browser, or more than ten minutes ago. Begin anew at {InstallPath}.");
            return;
        }

        if (query.ContainsKey("error"))
        {
            await WriteAsync(http, StatusCodes.Status200OK, "Not installed", query["error"] == "access_denied"
                ? "You did not allow it, so nothing was changed."
                : $"Slack says: {CodeOf(query["error"].ToString())}. Nothing was changed.");
            return;
        }

        if (query["code"].ToString() is not { Length: > 0 } code)
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, "Not installed", $"Slack sent no code. Begin anew at {InstallPath}.");
            return;
        }

        var reply = await oauth.RedeemAsync(code);
        if (reply.IsOk && oauth.Parse(reply.Body) is { } install)
        {
            vault.Save(install);
            Log.Installed(logger, install.Workspace);
            await WriteAsync(http, StatusCodes.Status200OK, "Installed", "The bot is installed. You can close this page and write to it in Slack.");
            return;
        }

        var reason = reply.IsOk ? "no bot token" : reply.Result.Reason;
        Log.NotInstalled(logger, reason);
        await WriteAsync(http, StatusCodes.Status502BadGateway, "Not installed", $"Slack gave no token ({CodeOf(reason)}). Begin anew at {InstallPath}; if that goes on, ask who runs this bot.");
    }

    /// <summary>Nothing of the request is repeated but a code.</summary>
    private static string CodeOf(string reason) => CodeShape.IsMatch(reason) ? reason : "an error";

    private static async Task WriteAsync(HttpContext http, int status, string title, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await http.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title></head><body><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(sentence)}</p></body></html>",
            http.RequestAborted);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape { get; }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Slack: installed in {Workspace}.")]
        public static partial void Installed(ILogger logger, string workspace);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Slack: an install came to nothing ({Reason}).")]
        public static partial void NotInstalled(ILogger logger, string reason);
    }
}
