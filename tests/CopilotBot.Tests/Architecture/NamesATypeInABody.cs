namespace CopilotBot.Tests.Architecture;

/// <summary>No signature of this type mentions a cookie.</summary>
internal static class NamesATypeInABody
{
    public static string Act(IEnumerable<string> values)
    {
        var cookies = new System.Net.CookieCollection();
        foreach (var value in values)
        {
            cookies.Add(new System.Net.Cookie("a", value));
        }

        return string.Concat(cookies.Select(cookie => cookie.Name));
    }
}
