using System.Globalization;
using System.Text.Json;

namespace CopilotBot.Sources.GitHub.Api;

/// <param name="Version">The time of the last change as it is written: equal in a listing and in a reading.</param>
/// <param name="Reason">Why it is closed: "completed", "not_planned", "duplicate"; empty while it is open.</param>
internal sealed record GitHubIssue(
    string Id, string Number, bool IsPullRequest, string Title, string Body, string Url, DateTimeOffset Updated, string Version, string State, string Reason,
    DateTimeOffset? Closed, string Author, string Assignees, string Milestone, IReadOnlyList<string> Labels, int CommentCount)
{
    /// <summary>Null when it is none: an answer without an id is never an issue.</summary>
    public static GitHubIssue? Parse(JsonElement issue) => issue.Text("id").Length == 0 || issue.Text("number").Length == 0 ? null : new GitHubIssue(
        issue.Text("id"), issue.Text("number"), issue.Get("pull_request").ValueKind == JsonValueKind.Object, issue.Text("title"), issue.Text("body"), issue.Text("html_url"),
        issue.Time("updated_at"), issue.Text("updated_at"), issue.Text("state"), issue.Text("state_reason"), issue.Text("closed_at").Length > 0 ? issue.Time("closed_at") : null,
        issue.Text("user", "login"), string.Join(", ", issue.Items("assignees").Select(person => person.Text("login"))), issue.Text("milestone", "title"),
        [.. issue.Items("labels").Select(label => label.Text("name")).Where(name => name.Length > 0)],
        int.TryParse(issue.Text("comments"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0);
}

/// <param name="Author">"ghost", as GitHub shows it, where the account is gone.</param>
internal sealed record GitHubComment(string Id, string Author, string Body, DateTimeOffset Created)
{
    public static GitHubComment Parse(JsonElement comment) => new(
        comment.Text("id"), comment.Text("user", "login") is { Length: > 0 } login ? login : "ghost", comment.Text("body"), comment.Time("created_at"));
}

/// <param name="Email">What the person shows to everybody, or null.</param>
internal sealed record GitHubAccount(string Id, string Login, string? Email);
