using System.Globalization;
using System.Text.RegularExpressions;

namespace CopilotBot.FakeJiraReading;

/// <summary>The two kinds of queries that reading needs: issues of projects, and issues by id (facts §0.4, §2.2).</summary>
/// <param name="Projects">Ids; empty for a query by ids.</param>
/// <param name="Since">Null for all.</param>
internal sealed partial record Jql(IReadOnlyList<string> Projects, DateTimeOffset? Since, IReadOnlyList<string> Ids)
{
    public static Jql Parse(string text)
    {
        if (ById().Match(text) is { Success: true } byId)
        {
            return new([], null, byId.Groups["ids"].Value.Split(','));
        }

        var match = ByProject().Match(text);
        if (!match.Success)
        {
            throw RuleException.Of("jql", "§2.1", $"The query is not bounded or not understood: {text}");
        }

        var since = match.Groups["since"] is { Success: true } bound ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(bound.Value, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
        return new(match.Groups["projects"].Value.Split(','), since, []);
    }

    [GeneratedRegex(@"^id in \((?<ids>\d+(,\d+)*)\)$")]
    private static partial Regex ById();

    [GeneratedRegex(@"^project in \((?<projects>\d+(,\d+)*)\)( AND updated >= (?<since>\d{12,14}))?( ORDER BY updated ASC, id ASC)$")]
    private static partial Regex ByProject();
}
