namespace CopilotBot.FakeJiraReading;

internal sealed class IssueState(long id)
{
    public long Id { get; } = id;

    public required ProjectState Project { get; set; }

    public required string Key { get; set; }

    public required string Summary { get; set; }

    public string Description { get; set; } = "";

    public string? Reporter { get; set; }

    public string? Assignee { get; set; }

    public string? Level { get; set; }

    /// <summary>Ids of the roles that alone may see it; empty for no restriction.</summary>
    public List<string> Restriction { get; set; } = [];

    /// <summary>Accounts by id of a user picker.</summary>
    public Dictionary<string, List<string>> People { get; } = [];

    /// <summary>Groups by id of a group picker.</summary>
    public Dictionary<string, List<string>> Groups { get; } = [];

    public List<CommentState> Comments { get; } = [];

    public List<FileState> Files { get; } = [];

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; set; }

    /// <summary>Project and time of change as the search knew them before the last change; null for an issue that it did not know.</summary>
    public (string Project, DateTimeOffset Updated)? Before { get; set; }
}

/// <param name="Reach">Null when all who may see the issue may see it.</param>
/// <param name="IsPublic">Says something in service projects only (facts §2.4).</param>
internal sealed record CommentState(string Id, IssueState Issue, string Author, string Text, CommentReach? Reach, bool IsPublic, DateTimeOffset Created);

/// <param name="Comment">Id of the comment that it was added in, if any: the site does not tell.</param>
internal sealed record FileState(string Id, string Name, byte[] Bytes, string? Comment, DateTimeOffset Created);
