using System.Text.RegularExpressions;

namespace CopilotBot.Tests.Support;

/// <summary>Fills and sends the question form of the page as a browser does.</summary>
internal static partial class PageForm
{
    /// <param name="person">What the picker sends, or null where there is none.</param>
    public static async Task<string> AskAsync(HttpClient http, string question, string? person)
    {
        var token = Token().Match(await http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)).Groups[1].Value;
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["_handler"] = "ask", ["Form.Question"] = question };
        if (person is not null)
        {
            fields["Form.Person"] = person;
        }

        using var form = new FormUrlEncodedContent(fields);
        using var response = await http.PostAsync(new Uri("/", UriKind.Relative), form, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
