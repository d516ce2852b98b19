namespace CopilotBot.FakeJiraReading;

/// <summary>What searches know: every issue, some time late (facts §2.1).</summary>
internal sealed class SearchIndex(JiraReadingSite site, JiraState state)
{
    public IReadOnlyList<IssueState> Find(Jql query)
    {
        if (query.Ids.Count > 0)
        {
            return [.. query.Ids.Distinct().Select(state.FindIssue).OfType<IssueState>().Where(issue => Known(issue) is not null)];
        }

        if (query.Projects.FirstOrDefault(project => !state.Projects.ContainsKey(project)) is { } unknown)
        {
            throw RuleException.Trouble(400, $"The value '{unknown}' does not exist for the field 'project'.");
        }

        return
        [
            .. state.Issues.Values.Select(issue => (Issue: issue, Known: Known(issue)))
                .Where(pair => pair.Known is { } known && query.Projects.Contains(known.Project) && (query.Since is null || known.Updated >= query.Since))
                .OrderBy(pair => pair.Known?.Updated).ThenBy(pair => pair.Issue.Id).Select(pair => pair.Issue),
        ];
    }

    /// <summary>Project and time of change as the search shows them; null for what it does not know yet.</summary>
    public (string Project, DateTimeOffset Updated)? Known(IssueState issue) => issue.Updated + site.IndexLag <= site.Time.GetUtcNow() || site.IndexLag == TimeSpan.Zero ? (issue.Project.Id, issue.Updated) : issue.Before;
}
