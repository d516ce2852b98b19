using System.Security.Cryptography;
using CopilotBot.Conversations;

namespace CopilotBot.Pages;

/// <summary>The conversation of a browser: a random name in a cookie that ends with the session and that no script and no other site can read.</summary>
internal static class WebConversation
{
    private const string Cookie = "copilotbot-conversation";

    private const int NameLength = 32;

    /// <summary>The conversation that the request belongs to; a new one where it names none.</summary>
    public static ConversationReference Of(HttpContext http)
    {
        var name = http.Request.Cookies[Cookie];
        if (name is not { Length: NameLength } || !name.All(char.IsAsciiHexDigitLower))
        {
            name = RandomNumberGenerator.GetHexString(NameLength, lowercase: true);
            http.Response.Cookies.Append(Cookie, name, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, IsEssential = true });
        }

        return new ConversationReference("web", name);
    }
}
