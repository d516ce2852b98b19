namespace CopilotBot.Tickets.Jira;

/// <summary>Accounts that tickets of a project can be assigned to.</summary>
internal sealed class JiraPeople(JiraHttp http, JiraFlavour flavour)
{
    private const int MostFound = 20;

    /// <summary>Whom a name or an e-mail address means.</summary>
    /// <returns>An account id (Cloud) or a user name (Data Center); null inside an answer that is OK where nobody, or not exactly one, is meant.</returns>
    public async Task<(JiraAnswer<JiraUser[]> Answer, string? Account)> FindAsync(string project, string words, CancellationToken cancellationToken)
    {
        var search = flavour == JiraFlavour.Cloud ? "query" : "username";
        var answer = await http.GetAsync($"user/assignable/search?project={project}&{search}={Uri.EscapeDataString(words)}&maxResults={MostFound}", JiraWire.Default.JiraUserArray, cancellationToken);
        return (answer, answer.IsOk ? Choose(answer.Body ?? [], words) : null);
    }

    private string? Choose(JiraUser[] found, string words)
    {
        var active = found.Where(user => user.Active != false).ToList();
        var named = active.Where(user => Is(user.DisplayName, words) || Is(user.EmailAddress, words) || Is(user.Name, words)).ToList();
        var meant = named is [var one] ? one : named is [] && active is [var only] ? only : null;
        return flavour == JiraFlavour.Cloud ? meant?.AccountId : meant?.Name;
    }

    private static bool Is(string? name, string words) => string.Equals(name, words.Trim(), StringComparison.OrdinalIgnoreCase);
}
