namespace CopilotBot.Sources.Jira.Api;

/// <summary>
/// What Cloud and Data Center both know, in one shape. Listings end on the site's own end mark or throw <see cref="Http.SourceHttpException"/> or
/// <see cref="SourceException"/>.
/// </summary>
internal interface IJiraApi
{
    /// <summary>The account that reads; fails where the site is of the other edition.</summary>
    Task<JiraPerson> GetAccountAsync(CancellationToken cancellationToken);

    /// <param name="keys">Empty for all.</param>
    Task<IReadOnlyList<ProjectRef>> GetProjectsAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Issues of these projects that changed at or after that moment; may name one twice (facts/sources.md §2.1, §2.2).</summary>
    /// <param name="since">Null for all.</param>
    IAsyncEnumerable<IssueRef> SearchAsync(IReadOnlyList<ProjectRef> projects, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Issues that are not found are left out.</summary>
    Task<IReadOnlyList<JiraIssue>> GetIssuesAsync(IssueRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<JiraComment>> GetCommentsAsync(string issueId, CancellationToken cancellationToken);

    /// <summary>The comments of a service request that customers may see, with the files in them.</summary>
    Task<PublicParts> GetPublicPartsAsync(string issueId, CancellationToken cancellationToken);

    Task<byte[]> DownloadAsync(JiraAttachment attachment, long maximumBytes, CancellationToken cancellationToken);

    /// <summary>Who the project's scheme gives BROWSE_PROJECTS to.</summary>
    Task<IReadOnlyList<Holder>> GetBrowsersAsync(ProjectRef project, CancellationToken cancellationToken);

    /// <summary>Ids of the project's roles by name.</summary>
    Task<IReadOnlyDictionary<string, string>> GetRolesAsync(ProjectRef project, CancellationToken cancellationToken);

    Task<RoleActors> GetActorsAsync(ProjectRef project, string roleId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Holder>> GetLevelMembersAsync(string levelId, CancellationToken cancellationToken);

    /// <summary>Ids of the groups that an application role is given to.</summary>
    Task<IReadOnlyList<string>> GetApplicationGroupsAsync(string role, CancellationToken cancellationToken);

    /// <summary>Active people with an account of the organisation; no apps and no customers.</summary>
    Task<IReadOnlyList<JiraPerson>> GetPeopleAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> GetMembersAsync(string group, CancellationToken cancellationToken);

    /// <summary>Those of the issues that the account may browse; null when the site does not say.</summary>
    Task<IReadOnlySet<string>?> FilterBrowsableAsync(string accountId, IReadOnlyList<string> issueIds, CancellationToken cancellationToken);
}
