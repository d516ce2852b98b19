namespace CopilotBot.Tests.Sources.GitHub;

/// <summary>A repository as the fake site knows it.</summary>
internal sealed class FakeRepository(int id, string name)
{
    public int Id { get; } = id;

    /// <summary>"owner/repository"; earlier names and the way by <see cref="Id"/> lead here too.</summary>
    public string Name { get; set; } = name;

    public List<string> FormerNames { get; } = [];

    public string Visibility { get; set; } = "private";

    public bool HasIssues { get; set; } = true;

    /// <summary>Whether the token may push, which GitHub asks for before it names collaborators.</summary>
    public bool ShowsCollaborators { get; set; } = true;

    public List<int> Collaborators { get; } = [];

    public List<FakeIssue> Issues { get; } = [];

    /// <summary>Numbers whose issues were deleted, and where transferred ones went.</summary>
    public HashSet<int> Deleted { get; } = [];

    public Dictionary<int, (FakeRepository To, int Number)> Transferred { get; } = [];
}

internal sealed class FakeIssue(int id, int number, string title, string body)
{
    public int Id { get; } = id;

    public int Number { get; set; } = number;

    public string Title { get; } = title;

    public string Body { get; set; } = body;

    public bool IsPullRequest { get; init; }

    public string State { get; set; } = "open";

    public DateTimeOffset Updated { get; set; }

    public List<FakeComment> Comments { get; } = [];
}

internal sealed class FakeComment(int id, string author, string body, DateTimeOffset at)
{
    public int Id { get; } = id;

    public string Author { get; } = author;

    public string Body { get; set; } = body;

    public DateTimeOffset Created { get; } = at;

    public DateTimeOffset Updated { get; set; } = at;
}

/// <param name="Email">What the person shows to everybody.</param>
internal sealed record FakeUser(int Id, string Login, string? Email = null);
